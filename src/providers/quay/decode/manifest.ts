import {
  DecodeError,
  type JsonObject,
  jsonAt,
  maybeObject,
  maybeString,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { checkedDigest } from '../../../oci/names.ts';

/** The text of a manifest, as it was pushed. */
export function manifestText(raw: unknown, digest: string): string {
  return stringAt(manifestAnswer(raw, digest), 'manifest_data');
}

/** What an image consists of. */
export type Content =
  /** The digests of its platforms; what only states something about one is none. */
  | { readonly kind: 'index'; readonly platforms: readonly string[] }
  /** The artifact type, else the media type of its configuration. */
  | { readonly kind: 'manifest'; readonly type: string };

/** Reads a manifest or an index of manifests by what it holds. */
export function content(raw: unknown, digest: string): Content {
  const manifest = objectOf(jsonAt(manifestAnswer(raw, digest), 'manifest_data'), 'the manifest');
  if (manifest['manifests'] !== undefined) {
    const platforms = objectsAt(manifest, 'manifests').filter((one) => !isStatement(one));
    return {
      kind: 'index',
      platforms: platforms.map((one) => checkedDigest(stringAt(one, 'digest'))),
    };
  }
  const stated = manifest['artifactType'] === '' ? null : maybeString(manifest, 'artifactType');
  if (stated !== null) return { kind: 'manifest', type: stated };
  // The first schema of manifests has no configuration.
  if (manifest['schemaVersion'] === 1) return { kind: 'manifest', type: '' };
  return { kind: 'manifest', type: stringAt(objectAt(manifest, 'config'), 'mediaType') };
}

/** What BuildKit keeps in an index beside the platforms. */
function isStatement(entry: JsonObject): boolean {
  const annotations = maybeObject(entry, 'annotations');
  return (
    annotations !== null && annotations['vnd.docker.reference.type'] === 'attestation-manifest'
  );
}

function manifestAnswer(raw: unknown, digest: string): JsonObject {
  const answer = objectOf(raw, 'the manifest');
  if (stringAt(answer, 'digest') === digest) return answer;
  throw new DecodeError('the answer is about another manifest');
}
