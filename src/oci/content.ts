import { DecodeError } from '../decode/fields.ts';
import { HttpError } from '../http/http.ts';
import { type Candidate, largestCandidate } from '../model/candidates.ts';
import { blobOf } from './calls.ts';
import { type AttachmentKind, bareType, isBundle, kindOfPredicate } from './kinds.ts';
import type { Layer } from './manifests.ts';
import type { Found, Place } from './place.ts';
import {
  aboutBundle,
  aboutCose,
  aboutDsse,
  aboutJws,
  aboutSimpleSigning,
  Newer,
} from './signed-content.ts';
import type { About } from './statement.ts';

/** Maximum bytes of content: an SBOM in a statement has some megabytes. */
const largestContent = 4 * 1024 * 1024;

interface Form {
  readonly form: Candidate['form'];
  readonly about: (bytes: Uint8Array) => About | Promise<About>;
  readonly largest: number;
}

/** The format of a media type; null: it is neither a signature nor a signed statement. */
function formOf(mediaType: string): Form | null {
  const type = bareType(mediaType);
  if (isBundle(type)) {
    return { form: 'sigstore-bundle', about: aboutBundle, largest: largestContent };
  }
  switch (type) {
    case 'application/vnd.dev.cosign.simplesigning.v1+json':
      return { form: 'simple-signing', about: aboutSimpleSigning, largest: largestCandidate };
    case 'application/vnd.dsse.envelope.v1+json':
      return { form: 'dsse', about: aboutDsse, largest: largestContent };
    case 'application/jose+json':
      return { form: 'notation-jws', about: aboutJws, largest: largestCandidate };
    case 'application/cose':
      return { form: 'notation-cose', about: aboutCose, largest: largestCandidate };
    default:
      return null;
  }
}

/** The annotation with the cosign signature of a payload; without it the payload is unsigned. */
export const signatureAnnotation = 'dev.cosignproject.cosign/signature';

/**
 * Classifies a layer in one of the forms by its content. `says`: its name in findings. `unread`: its kind if
 * it cannot be read. Content that is malformed or about another image is `other`. Rejects if the scan ends.
 */
export async function ofContent(
  place: Place,
  layer: Layer,
  forms: readonly Candidate['form'][],
  says: string,
  unread: AttachmentKind,
): Promise<readonly Found[]> {
  const how = formOf(layer.mediaType);
  if (how === null || !forms.includes(how.form)) return [];
  const { form } = how;
  if (
    form === 'simple-signing' &&
    !((layer.annotations[signatureAnnotation] ?? '').trim() !== '')
  ) {
    return [];
  }
  const doubt = (why: string): readonly Found[] => [{ kind: unread, says: `${says} (${why})` }];
  if (layer.size > how.largest) return doubt(`too large: ${layer.size} bytes`);
  if (!place.mayReadMore()) return doubt('too many attachments');
  let bytes: Uint8Array;
  try {
    bytes = await blobOf(place.registry, place.path, layer.digest, how.largest);
  } catch (error) {
    return doubt(unreadable(error));
  }
  const kind = await kindOfContent(how, bytes, place.digest);
  return [{ kind, says, ...keptOf(form, layer, bytes) }];
}

/** Why content could not be read. Rethrows errors that end the scan. */
export function unreadable(error: unknown): string {
  if (error instanceof DecodeError) return error.message;
  if (error instanceof HttpError && !['aborted', 'credentials'].includes(error.code)) {
    return error.message;
  }
  throw error;
}

async function kindOfContent(
  { form, about }: Form,
  bytes: Uint8Array,
  digest: string,
): Promise<AttachmentKind> {
  let read: About;
  try {
    read = await about(bytes);
  } catch (error) {
    if (error instanceof Newer) return 'unclear';
    if (error instanceof DecodeError) return 'other';
    throw error;
  }
  if (!read.digests.includes(digest)) return 'other';
  if (read.predicate === null) return 'signature';
  const kind = kindOfPredicate(read.predicate);
  // Cosign accepts signatures of this form only in bundles.
  return kind === 'signature' && form === 'dsse' ? 'other' : kind;
}

function keptOf(
  form: Candidate['form'],
  { digest, annotations }: Layer,
  bytes: Uint8Array,
): Pick<Found, 'candidate' | 'tooLarge'> {
  if (bytes.length > largestCandidate) return { tooLarge: true };
  const content = Buffer.from(bytes).toString('base64');
  return { candidate: { form, digest, content, annotations: { ...annotations } } };
}
