import { httpErrors } from '../../../http/http-errors.ts';
import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import {
  type Attachments,
  attachedOf,
  attachmentsOf,
  possibleSignatures,
} from '../../../oci/attachments.ts';
import { isAttachmentTag } from '../../../oci/fallback-tags.ts';
import {
  type Choice,
  type ImageRows,
  newestImages,
  shortDigest,
} from '../../../oci/newest-images.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known } from '../../facts.ts';
import { attachmentCollectors, boundedCandidates, certainOf } from '../../image-facts.ts';
import { eachEntry, gapOf, joinLists } from '../../parts.ts';
import { type TagRows, tagDigestsOf } from '../../tag-digests.ts';
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

/** The images a repository is judged by, and where all its tags lead to if they could all be read. */
interface Tags {
  readonly chosen: readonly HubTag[];
  readonly read: readonly ListedTag[];
  readonly all: ReadonlyMap<string, string | null> | undefined;
}

export interface Images {
  readonly tags: () => Promise<Fact<Tags>>;
  readonly recentSignatures: () => Promise<RepositoryFacts['recentSignatures']>;
  readonly recentAttestations: () => Promise<RepositoryFacts['recentAttestations']>;
  readonly recentCandidates: () => Promise<RepositoryFacts['recentCandidates']>;
  readonly tagDigests: () => Promise<RepositoryFacts['tagDigests']>;
}

/** The facts of one repository that rest on its images; each call is made once for all of them. */
export function imagesOf(sources: ImageSources): Images {
  const { mayPull } = sources.context.images;
  const tags = once(() => recentTags(sources));
  const attached = once(async () => attachedTo(sources, await tags()));
  const attachedOfKind = async (kind: 'signature' | 'attestation') =>
    eachEntry(await attached(), ({ tag, found }) => {
      const image = nameOf(tag);
      return [{ image, found: certainOf(image, kind, attachedOf(found, kind), mayPull) }];
    });
  const recentCandidates = async () =>
    join([await attached()], (images) =>
      boundedCandidates(
        images.map(({ tag, found }) => ({
          image: nameOf(tag),
          digest: tag.digest,
          ...possibleSignatures(found),
        })),
        mayPull,
      ),
    );
  const tagDigests = async () =>
    tagDigestsOf(join([await tags()], rowsOf), sources.context.images.tags);
  return { tags, recentCandidates, tagDigests, ...attachmentCollectors(attachedOfKind) };
}

function rowsOf({ read, all }: Tags): TagRows {
  const rows = read
    .toSorted(imageRows.newestFirst)
    .map(({ name, digest }) => ({ tag: name, digest }));
  return { rows, whole: all !== undefined };
}

/** How an image is named in findings. */
export function nameOf({ name, digest }: HubTag): string {
  return `${name} (${shortDigest(digest)})`;
}

/** Most pages that are searched for tags of production, of 100 tags each. */
const mostPages = 50;

/**
 * The newest tags, of those with a wanted name if any are wanted. The API gives the newest first, though
 * it does not promise to: while what was read is in that order, the rest need not be.
 */
async function recentTags(sources: ImageSources): Promise<Fact<Tags>> {
  const { api, context, namespace, repository } = sources;
  const { images: choice } = context;
  const all: ListedTag[] = [];
  let read = 0;
  for await (const page of api.pages('ListTags', listedTag, {
    params: { namespace, repository },
  })()) {
    if (page.state !== 'known') return page;
    all.push(...page.value.entries);
    read += 1;
    const chosen = settled(() => chosenOf(all, choice));
    if (chosen.state !== 'known') return gapOf(chosen);
    if (page.value.last) continue;
    if (chosen.value.length >= choice.newest && inOrder(all))
      return join([chosen], (images) => ({ chosen: images, read: all, all: undefined }));
    if (read === mostPages) return settled(tooFarBack);
  }
  return settled(() => ({
    chosen: chosenOf(all, choice),
    read: all,
    all: new Map(all.map(({ name, digest }) => [name, digest])),
  }));
}

function tooFarBack(): never {
  throw new Inconclusive(`the tags of production are not among the newest ${mostPages * 100}`);
}

function settled<T>(decode: () => T): Fact<T> {
  return known('ListTags', operations.ListTags.permission, decode);
}

/** Several tags of one image stand for it once. What older ones lead to is not looked at. */
function chosenOf(tags: readonly ListedTag[], choice: Choice): readonly HubTag[] {
  const own = tags.filter(
    ({ name, other, runs, digest }) => !other && (runs || !isAttachmentTag(name, digest)),
  );
  return newestImages(own, choice, imageRows).images.map((tag) => tag.image());
}

const imageRows: ImageRows<ListedTag> = {
  tagsOf: ({ name }) => [name],
  newestFirst: (a, b) => b.pushedAt.localeCompare(a.pushedAt) || a.name.localeCompare(b.name),
  imageOf: (tag) => tag.image().digest,
};

function inOrder(tags: readonly ListedTag[]): boolean {
  return tags.every((tag, index) => {
    const next = tags[index + 1];
    return next === undefined || tag.pushedAt >= next.pushedAt;
  });
}

/** What hangs on an image. */
interface Found {
  readonly tag: HubTag;
  readonly found: Attachments;
}

async function attachedTo(
  { clients, context, namespace, repository }: ImageSources,
  tags: Fact<Tags>,
): Promise<Fact<readonly Found[]>> {
  if (tags.state !== 'known') return tags;
  const { chosen, all } = tags.value;
  const registry: OciRegistry = {
    client: clients.registry,
    // A blob takes the permission of its manifest.
    operations: {
      referrers: 'ListReferrers',
      tag: 'GetManifest',
      manifest: 'GetManifest',
      blob: 'GetManifest',
    },
    referrers: 'api',
    // A GET counts as a pull, a HEAD does not (docs, pull usage and limits).
    mayGetManifest: context.images.mayPull,
    tags: all,
  };
  const each = chosen.map((tag) =>
    ask(
      'ListReferrers',
      operations.ListReferrers,
      httpErrors,
      () =>
        attachmentsOf(registry, `${namespace}/${repository}`, {
          digest: tag.digest,
          // BuildKit keeps its attestations in the index, whose members Docker Hub lists.
          mayBeIndex: tag.holdsMore,
        }),
      (raw) => [{ tag, found: raw as Attachments }],
    ),
  );
  return joinLists([join([tags], (): Found[] => []), ...(await Promise.all(each))]);
}
