import type { HttpClient } from '../http/http.ts';

/** A registry that speaks the distribution API, and what may be asked of it. */
export interface OciRegistry {
  /** Its base is what `/v2/` is appended to. */
  readonly client: Pick<HttpClient, 'send'>;
  /** What the adapter calls listing referrers, looking for a tag, and reading a manifest or a blob. */
  readonly operations: Readonly<Record<'referrers' | 'tag' | 'manifest' | 'blob', string>>;
  /** `fallback-only`: the vendor documents that it has no referrers API. */
  readonly referrers: 'api' | 'fallback-only';
  /** Whether manifests and blobs may be read: that counts as a pull, or moves a date, at some vendors. */
  readonly mayGetManifest: boolean;
  /**
   * All tags of the repository and the digests they lead to, where they are known; then no call is made to
   * look for one. Null: the listing does not tell the digest.
   */
  readonly tags?: ReadonlyMap<string, string | null> | undefined;
}
