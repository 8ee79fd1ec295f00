import type { HttpClient } from '../http/http.ts';
import type { Descriptor } from './manifests.ts';

/** A registry with the distribution API, and the calls it allows. */
export interface OciRegistry {
  /** `/v2/` is appended to its base. */
  readonly client: Pick<HttpClient, 'send'>;
  /** The adapter's operation names for listing referrers, finding a tag, and reading a manifest or blob. */
  readonly operations: Readonly<Record<'referrers' | 'tag' | 'manifest' | 'blob', string>>;
  /**
   * `fallback-only`: by the vendor's documentation there is no referrers API. A function: what refers to a
   * digest by a listing of the vendor's own.
   */
  readonly referrers: 'api' | 'fallback-only' | ((digest: string) => readonly Descriptor[]);
  /** Whether manifests and blobs may be read: at some vendors that counts as a pull or changes a date. */
  readonly mayGetManifest: boolean;
  /**
   * All tags of the repository with their digests, if known: then no call is made to find a tag. Null: the
   * listing has no digest.
   */
  readonly tags?: ReadonlyMap<string, string | null> | undefined;
}
