import { httpErrors } from '../../../http/http-errors.ts';
import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import {
  type Attachments,
  attachedOf,
  attachmentsOf,
  possibleSignatures,
} from '../../../oci/attachments.ts';
import { isAttachmentTag } from '../../../oci/fallback-tags.ts';
import { kindOfArtifact } from '../../../oci/kinds.ts';
import { type ImageRows, newestImages, shortDigest } from '../../../oci/newest-images.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { Collectors } from '../../collectors.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known } from '../../facts.ts';
import { attachmentCollectors, boundedCandidates, certainOf } from '../../image-facts.ts';
import { gapOf } from '../../parts.ts';
import { type TagRows, tagDigestsOf } from '../../tag-digests.ts';
import type { ListedRepository } from '../decode/repository.ts';
import { gid, type Tag, type TagPage, tagPage } from '../decode/tags.ts';
import { operations } from '../operations.ts';
import type { GitlabApi } from '../wire/api.ts';
import type { Clients } from '../wire/clients.ts';
import { tagsQuery } from '../wire/queries.ts';

export interface ImageSources {
  readonly api: GitlabApi;
  readonly clients: Pick<Clients, 'registryAt'>;
  readonly context: Pick<ScanContext, 'images'>;
}

/** The images a repository is judged by, and where all its tags lead to if they could all be read. */
export interface Tags {
  readonly chosen: readonly Tag[];
  readonly read: readonly Tag[];
  readonly all: ReadonlyMap<string, string> | undefined;
}

/** The facts of a repository that rest on its images; each call is made once for all of them. */
export function imageFacts(
  repository: ListedRepository,
  sources: ImageSources,
  tags: () => Promise<Fact<Tags>>,
): Collectors<'repository'> {
  const attached = once(async () => attachedTo(repository, sources, await tags()));
  const attachedOfKind = async (kind: 'signature' | 'attestation') =>
    join([await attached()], (images) =>
      images.map(({ tag, found }) => {
        const image = nameOf(tag);
        return { image, found: certainOf(image, kind, withReferrers(tag, found, kind), true) };
      }),
    );
  return {
    ...attachmentCollectors(attachedOfKind),
    tagDigests: async () => tagDigestsOf(join([await tags()], rowsOf), sources.context.images.tags),
    recentCandidates: async () =>
      join([await attached()], (images) =>
        boundedCandidates(
          images.map(({ tag, found }) => ({
            image: nameOf(tag),
            digest: tag.digest,
            ...possibleSignatures(found),
          })),
          true,
        ),
      ),
  };
}

function rowsOf({ read, all }: Tags): TagRows {
  const rows = read
    .toSorted(imageRows.newestFirst)
    .map(({ name, digest }) => ({ tag: name, digest }));
  return { rows, whole: all !== undefined };
}

function nameOf({ name, digest }: Tag): string {
  return `${name} (${shortDigest(digest)})`;
}

/** What GitLab says to refer to the image and the registry did not show is a doubt. */
function withReferrers(
  { referrers }: Tag,
  attachments: Attachments,
  kind: 'signature' | 'attestation',
) {
  const { found, doubts } = attachedOf(attachments, kind);
  if (found.length > 0) return { found, doubts };
  const seen = [...attachments.signatures, ...attachments.attestations];
  const unseen = referrers.filter((type) => !seen.includes(type) && mayBe(type, kind));
  return { found, doubts: [...doubts, ...unseen.map((type) => `${type}, which GitLab lists`)] };
}

function mayBe(type: string, kind: 'signature' | 'attestation'): boolean {
  const told = kindOfArtifact(type, {});
  return told === kind || told === `maybe-${kind}` || told === 'unclear';
}

/** Most pages that are searched for tags of production, of 100 tags each. */
const mostPages = 50;

/** The newest tags, of those with a wanted name if any are wanted. Pages come newest first. */
export async function tagsOf(
  repository: ListedRepository,
  { api, context }: ImageSources,
): Promise<Fact<Tags>> {
  const all: Tag[] = [];
  let after: string | null = null;
  const cursors = new Set<string>();
  for (let read = 1; read <= mostPages; read += 1) {
    const page: Fact<TagPage> = await api.one('queryTags', (raw) => tagPage(raw, repository.id), {
      json: { query: tagsQuery, variables: { id: gid(repository.id), after } },
    });
    if (page.state !== 'known') return gapOf(page);
    all.push(...page.value.tags);
    const next: string | null = page.value.next;
    const chosen = chosenOf(all, context);
    if (next === null) {
      return settled(() => ({
        chosen,
        read: all,
        all: new Map(all.map(({ name, digest }) => [name, digest])),
      }));
    }
    if (chosen.length >= context.images.newest && inOrder(all)) {
      return settled(() => ({ chosen, read: all, all: undefined }));
    }
    if (cursors.has(next)) {
      return settled(() => {
        throw new Error('GitLab names a page of tags that it has named before');
      });
    }
    cursors.add(next);
    after = next;
  }
  return settled(() => {
    throw new Inconclusive(`the tags of production are not among the newest ${mostPages * 100}`);
  });
}

function settled<T>(decode: () => T): Fact<T> {
  return known('queryTags', operations.queryTags.permission, decode) as Fact<T>;
}

function chosenOf(tags: readonly Tag[], { images }: Pick<ScanContext, 'images'>): readonly Tag[] {
  const own = tags.filter(({ name, digest }) => !isAttachmentTag(name, digest));
  return newestImages(own, images, imageRows).images;
}

const imageRows: ImageRows<Tag> = {
  tagsOf: ({ name }) => [name],
  newestFirst: (a, b) => b.pushedAt.localeCompare(a.pushedAt) || a.name.localeCompare(b.name),
  imageOf: ({ digest }) => digest,
};

function inOrder(tags: readonly Tag[]): boolean {
  return tags.every((tag, index) => {
    const next = tags[index + 1];
    return next === undefined || tag.pushedAt >= next.pushedAt;
  });
}

async function attachedTo(
  { name, host }: ListedRepository,
  { clients }: ImageSources,
  tags: Fact<Tags>,
): Promise<Fact<readonly { tag: Tag; found: Attachments }[]>> {
  if (tags.state !== 'known') return tags;
  const { chosen, all } = tags.value;
  const registry: OciRegistry = {
    client: clients.registryAt(host),
    // A blob takes the permission of its manifest.
    operations: {
      referrers: 'listReferrers',
      tag: 'getManifest',
      manifest: 'getManifest',
      blob: 'getManifest',
    },
    referrers: 'api',
    // GitLab counts no pulls, and no date of a pull moves.
    mayGetManifest: true,
    tags: all,
  };
  const each = chosen.map((tag) =>
    ask(
      'listReferrers',
      operations.listReferrers,
      httpErrors,
      () => attachmentsOf(registry, name, { digest: tag.digest, mayBeIndex: tag.mayBeIndex }),
      (raw) => ({ tag, found: raw as Attachments }),
    ),
  );
  return join([tags, ...(await Promise.all(each))], (_, ...found) => found);
}
