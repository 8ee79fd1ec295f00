import type { Candidate } from '../model/candidates.ts';
import type { AttachmentKind } from './kinds.ts';
import type { OciRegistry } from './registry.ts';

/** One thing that hangs on an image. */
export interface Found {
  readonly kind: AttachmentKind;
  /** How a finding names it. */
  readonly says: string;
  /** What it consists of, where it was read and may be a signature. */
  readonly candidate?: Candidate;
}

/** Most manifests and blobs that are read to tell what hangs on one image; the rest stays unclear. */
const mostReads = 100;

/** Where one digest is looked into. */
export interface Place {
  readonly registry: OciRegistry;
  /** Of the repository, below the base of the registry. */
  readonly path: string;
  readonly digest: string;
  /** Whether one more manifest or blob may be read; counts each. */
  readonly mayReadMore: () => boolean;
}

export function placeOf(registry: OciRegistry, path: string, digest: string): Place {
  let reads = 0;
  const mayReadMore = () => {
    reads += 1;
    return reads <= mostReads;
  };
  return { registry, path, digest, mayReadMore };
}
