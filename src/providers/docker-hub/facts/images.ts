import { httpErrors } from '../../../http/http-errors.ts';
import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { matchesAny } from '../../../model/wildcard.ts';
import {
  type Attachments,
  attachmentsOf,
  doubtsOf,
  type OciRegistry,
} from '../../../oci/attachments.ts';
import { isFallbackTag } from '../../../oci/kinds.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known } from '../../facts.ts';
import { type HubTag, type ListedTag, listedTag } from '../decode/tags.ts';
import { operations } from '../operations.ts';
import type { DockerHubApi } from '../wire/api.ts';
import type { Clients } from '../wire/clients.ts';

export interface ImageSources {
  readonly api: DockerHubApi;
  readonly clients: Pick<Clients, 'registry'>;
  readonly context: Pick<ScanContext, 'images'>;
  readonly namespace: string;
  readonly repository: string;
}

/** The images a repository is judged by, and all names of its tags if they could all be read. */
interface Tags {
  readonly chosen: readonly HubTag[];
  readonly names: readonly string[] | undefined;
}

export interface Images {
  readonly tags: () => Promise<Fact<Tags>>;
  readonly signatures: () => Promise<RepositoryFacts['recentSignatures']>;
  readonly attestations: () => Promise<RepositoryFacts['recentAttestations']>;
}

/** The facts of one repository that rest on its images; each call is made once for all of them. */
export function imagesOf(sources: ImageSources): Images {
  const tags = once(() => recentTags(sources));
  const attached = once(async () => attachedTo(sources, await tags()));
  return {
    tags,
    signatures: async () =>
      join([await attached()], (images) =>
        images.map(({ tag, found }) => {
          certain(tag, doubtsOf(found, 'signature'), 'a signature');
          return { image: nameOf(tag), signedBy: [...found.signatures] };
        }),
      ),
    attestations: async () =>
      join([await attached()], (images) =>
        images.map(({ tag, found }) => {
          if (found.attestations.length === 0) certain(tag, beside(tag, found), 'an attestation');
          return { image: nameOf(tag), attestedBy: [...found.attestations] };
        }),
      ),
  };
}

/** What may be an attestation. BuildKit keeps its own in the index, whose members Docker Hub lists. */
function beside({ holdsMore }: HubTag, { unclear }: Attachments): readonly string[] {
  return holdsMore ? [...unclear, 'an entry for no platform'] : unclear;
}

function certain(tag: HubTag, doubts: readonly string[], what: string): void {
  if (doubts.length === 0) return;
  throw new Inconclusive(
    `${nameOf(tag)} has ${doubts.join(', ')}, and whether that is ${what} cannot be told without a pull`,
  );
}

/** How an image is named in findings. */
export function nameOf({ name, digest }: HubTag): string {
  return `${name} (${digest.slice(0, 'sha256:'.length + 12)})`;
}

/** Most pages that are searched for tags of production, of 100 tags each. */
const mostPages = 50;

/**
 * The newest tags, of those with a wanted name if any are wanted. The API gives the newest first, though
 * it does not promise to: while what was read is in that order, the rest need not be.
 */
async function recentTags(sources: ImageSources): Promise<Fact<Tags>> {
  const { api, context, namespace, repository } = sources;
  const { newest, tags: wanted } = context.images;
  const all: ListedTag[] = [];
  let read = 0;
  for await (const page of api.pages('ListTags', listedTag, {
    params: { namespace, repository },
  })()) {
    if (page.state !== 'known') return page;
    all.push(...page.value.entries);
    read += 1;
    const chosen = settled(() => chosenOf(all, newest, wanted));
    if (chosen.state !== 'known') return chosen;
    if (page.value.last) continue;
    if (chosen.value.length >= newest && inOrder(all))
      return join([chosen], (images) => ({ chosen: images, names: undefined }));
    if (read === mostPages) return settled(tooFarBack);
  }
  return settled(() => ({
    chosen: chosenOf(all, newest, wanted),
    names: all.map(({ name }) => name),
  }));
}

function tooFarBack(): never {
  throw new Inconclusive(`the tags of production are not among the newest ${mostPages * 100}`);
}

function settled<T>(decode: () => T): Fact<T> {
  return known('ListTags', operations.ListTags.permission, decode);
}

/** Several tags of one image stand for it once. What older ones lead to is not looked at. */
function chosenOf(
  tags: readonly ListedTag[],
  newest: number,
  wanted: readonly string[],
): readonly HubTag[] {
  const images = new Map<string, HubTag>();
  const fitting = tags
    .filter(({ name }) => !isFallbackTag(name))
    .filter(({ name }) => wanted.length === 0 || matchesAny(wanted, name));
  for (const tag of fitting.sort(newestFirst)) {
    if (images.size >= newest) break;
    const image = tag.image();
    if (!images.has(image.digest)) images.set(image.digest, image);
  }
  return [...images.values()];
}

function newestFirst(a: ListedTag, b: ListedTag): number {
  return b.pushedAt.localeCompare(a.pushedAt) || a.name.localeCompare(b.name);
}

function inOrder(tags: readonly ListedTag[]): boolean {
  return tags.every((tag, index) => {
    const next = tags[index + 1];
    return next === undefined || tag.pushedAt >= next.pushedAt;
  });
}

async function attachedTo(
  { clients, namespace, repository }: ImageSources,
  tags: Fact<Tags>,
): Promise<Fact<readonly { tag: HubTag; found: Attachments }[]>> {
  if (tags.state !== 'known') return tags;
  const { chosen, names } = tags.value;
  const registry: OciRegistry = {
    client: clients.registry,
    operations: { referrers: 'ListReferrers', tag: 'GetManifest' },
    referrers: 'api',
    // A GET counts as a pull, a HEAD does not (docs, pull usage and limits).
    mayGetManifest: false,
    tags: names,
  };
  const each = chosen.map((tag) =>
    ask(
      'ListReferrers',
      operations.ListReferrers,
      httpErrors,
      () => attachmentsOf(registry, `${namespace}/${repository}`, tag.digest),
      (raw) => ({ tag, found: raw as Attachments }),
    ),
  );
  return join([tags, ...(await Promise.all(each))], (_, ...all) => all);
}
