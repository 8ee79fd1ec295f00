import type { Answerer, WireRequest } from '../../src/demo/wire-server.ts';

/** What a server that throttles has seen. */
export interface Throttled {
  readonly answer: Answerer;
  /** Requests that were refused. */
  readonly refused: () => number;
  /** The most requests of one operation in any five seconds, as a share of what is allowed. */
  readonly peak: () => number;
}

const seconds = 5;

/** The same answers, but each operation of ECR at most so often a second, with a burst of one second. */
export function throttling(answer: Answerer, rate: number): Throttled {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const arrivals = new Map<string, number[]>();
  let refused = 0;
  const admitted = (key: string): boolean => {
    const now = performance.now() / 1000;
    arrivals.set(key, [...(arrivals.get(key) ?? []), now]);
    const { tokens, at } = buckets.get(key) ?? { tokens: rate, at: now };
    const left = Math.min(rate, tokens + (now - at) * rate);
    buckets.set(key, { tokens: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  };
  return {
    refused: () => refused,
    peak: () => Math.max(0, ...[...arrivals.values()].map(busiest)) / (seconds * rate),
    answer: (request) => {
      const key = operationOf(request);
      if (key === null || admitted(key)) return answer(request);
      refused += 1;
      return {
        status: 400,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }),
      };
    },
  };
}

function operationOf({ headers }: WireRequest): string | null {
  const target = headers['x-amz-target'] ?? '';
  return target.startsWith('AmazonEC2ContainerRegistry') ? target : null;
}

function busiest(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  for (const [index, time] of times.entries()) {
    while ((times[first] ?? time) < time - seconds) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
