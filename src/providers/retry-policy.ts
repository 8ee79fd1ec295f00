/** How long a call is tried again. */
export interface RetryPolicy {
  /** Tries of a throttled call, the first included. */
  readonly maxAttempts: number;
  /** Milliseconds before the second try; grows exponentially, with jitter. */
  readonly baseDelay: number;
  /** False: tries again at once and at any rate, for a server of our own that has no limits. */
  readonly waits: boolean;
  /**
   * Epoch ms: a throttled call waits for as long as the server asks if that ends before. Absent: for a minute
   * at most, since nobody said how long a scan may take.
   */
  readonly waitsUntil?: number;
}

/** Of a scan that nobody has said more about. */
export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 8, baseDelay: 100, waits: true };
