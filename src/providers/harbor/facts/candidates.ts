import { httpErrors } from '../../../http/http-errors.ts';
import { type Attachments, attachmentsOf, possibleSignatures } from '../../../oci/attachments.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import { ask, type Learnt } from '../../facts.ts';
import type { ImageCandidates } from '../../image-facts.ts';
import { type Accessory, type Artifact, nameOf } from '../decode/artifact.ts';
import { operations } from '../operations.ts';

/** Accessories that hold no signature by what Harbor made of them itself. */
const ownKinds: readonly Accessory['type'][] = ['sbom.harbor', 'accelerator.nydus'];

/**
 * What may be signatures of an image: its accessories, and what is filed under tags named after its digest.
 * Each read fires a pull event. `filed`: what stands under such tags, by `repository:tag`.
 */
export function candidatesOf(
  client: OciRegistry['client'],
  one: Artifact,
  filed: ReadonlyMap<string, Pick<Artifact, 'digest'>>,
): Promise<Learnt<ImageCandidates>> {
  return ask(
    'getManifest',
    operations.getManifest,
    httpErrors,
    () => attachments(client, one, filed),
    (raw) => ({
      image: nameOf(one),
      digest: one.digest,
      ...possibleSignatures(raw as Attachments),
    }),
  );
}

function attachments(
  client: OciRegistry['client'],
  { repository, digest, accessories }: Artifact,
  filed: ReadonlyMap<string, Pick<Artifact, 'digest'>>,
): Promise<Attachments> {
  const here = `${repository}:`;
  const tags = [...filed]
    .filter(([key]) => key.startsWith(here))
    .map(([key, held]) => [key.slice(here.length), held.digest] as const);
  const unknownType = { mediaType: null, artifactType: null, annotations: {} };
  return attachmentsOf(
    {
      client,
      operations: {
        referrers: 'listArtifactsOfProject',
        tag: 'listArtifactsOfProject',
        manifest: 'getManifest',
        blob: 'getManifest',
      },
      referrers: () =>
        accessories
          .filter(({ type }) => !ownKinds.includes(type))
          .map((accessory) => ({ ...unknownType, digest: accessory.digest })),
      mayGetManifest: true,
      tags: new Map(tags),
    },
    repository,
    // To read the index would be a pull of the image; its members are not signed.
    { digest, mayBeIndex: false },
  );
}
