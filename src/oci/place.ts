import type { Candidate } from '../model/candidates.ts';
import type { AttachmentKind } from './kinds.ts';
import type { OciRegistry } from './registry.ts';

/** One attachment of an image. */
export interface Found {
  readonly kind: AttachmentKind;
  /** Its name in findings. */
  readonly says: string;
  /** Its content, if it was read and may be a signature. */
  readonly candidate?: Candidate;
  /** Whether its content was read and is too large to be kept. */
  readonly tooLarge?: true;
}

/** Maximum manifests and blobs read to classify the attachments of one image; the others stay unclear. */
const mostReads = 100;

/** The context for inspecting one digest. */
export interface Place {
  readonly registry: OciRegistry;
  /** The path of the repository below the base of the registry. */
  readonly path: string;
  readonly digest: string;
  /** Whether another manifest or blob may be read; counts each call. */
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
