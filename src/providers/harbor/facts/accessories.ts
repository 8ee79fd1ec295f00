import { oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { matchesAny } from '../../../model/wildcard.ts';
import type { AttachmentKind } from '../../../oci/kinds.ts';
import type { Choice } from '../../../oci/newest-images.ts';
import { Inconclusive, join } from '../../facts.ts';
import { joinLists } from '../../parts.ts';
import {
  type Accessory,
  type Artifact,
  artifactWith,
  kindOfAccessory,
  nameOf,
  tagsOfImage,
} from '../decode/artifact.ts';
import type { Project } from '../decode/project.ts';
import type { HarborApi } from '../wire/api.ts';

/** Most accessories of one image that are looked at one by one. */
export const mostAccessories = 20;

/** What an accessory turned out to be. */
interface Look {
  readonly kind: AttachmentKind;
  /** By which it can be pulled as an image; none: it is no image, or has no tag. */
  readonly imageTags: readonly string[];
}

export type LookAt = (of: Artifact, accessory: Accessory) => Promise<Fact<Look>>;

/** Looks at accessories of a project, at each once. */
export function looksAt(api: HarborApi, { name }: Project): LookAt {
  const look = oncePer((key: string) => {
    const [repository = '', digest = '', type = ''] = key.split(' ');
    const within = repository.slice(repository.indexOf('/') + 1);
    const decode = (raw: unknown): Look => {
      const entry = artifactWith(raw, digest);
      const kind = kindOfAccessory(entry, type as Accessory['type']);
      return { kind, imageTags: tagsOfImage(entry) };
    };
    return api.one('getArtifact', decode, {
      // Harbor's router takes off one layer of encoding before it looks for slashes.
      params: { project: name, repository: encodeURIComponent(within), digest },
    });
  });
  return ({ repository }, { type, digest }) => look(`${repository} ${digest} ${type}`);
}

/** What was read of the list of a project, and the images of it that are judged. */
interface Read {
  readonly images: readonly Artifact[];
  readonly listed: readonly Artifact[];
}

/**
 * Images that Harbor lists as accessories alone, because they name a subject, among those as new as the
 * images that are judged: unknown where one is or may be there. One whose subject was not read is not seen.
 */
export async function hiddenImages(
  read: Fact<Read>,
  { newest, tags }: Choice,
  look: LookAt,
): Promise<Fact<readonly never[]>> {
  if (read.state !== 'known') return read;
  const { images, listed } = read.value;
  const oldest = images.length < newest ? '' : (images.at(-1)?.pushedAt ?? '');
  const possible = listed.flatMap((of) =>
    of.accessories
      .filter(({ type, createdAt }) => type === 'subject.accessory' && createdAt > oldest)
      .map((accessory) => ({ of, accessory })),
  );
  const looks = possible.slice(0, mostAccessories).map(async ({ of, accessory }) =>
    join([await look(of, accessory)], ({ imageTags }): never[] => {
      const judged = imageTags.find((tag) => tags.length === 0 || matchesAny(tags, tag));
      if (judged === undefined) return [];
      throw new Inconclusive(
        `the image tagged ${judged} names ${nameOf(of)} as its subject, so Harbor lists it as an accessory alone, and it is not judged`,
      );
    }),
  );
  const rest = join([read], (): never[] => {
    if (possible.length <= mostAccessories) return [];
    throw new Inconclusive(`more than ${mostAccessories} new accessories may be images`);
  });
  return joinLists<never>([rest, ...(await Promise.all(looks))]);
}
