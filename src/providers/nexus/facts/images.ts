import type { HttpClient } from '../../../http/http.ts';
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
import { type ImageRows, newestImages, shortDigest } from '../../../oci/newest-images.ts';
import type { OciRegistry } from '../../../oci/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Denied, Inconclusive, join, known } from '../../facts.ts';
import { attachmentCollectors, boundedCandidates, certainOf } from '../../image-facts.ts';
import { gapOf } from '../../parts.ts';
import { tagDigestsOf } from '../../tag-digests.ts';
import { type TaggedImage, taggedImage } from '../decode/component.ts';
import type { ImageRepository } from '../decode/repository.ts';
import { operations } from '../operations.ts';
import type { NexusApi } from '../wire/api.ts';
import { nexusErrors } from '../wire/errors.ts';
import type { Settings } from './settings.ts';

export interface ImageSources {
  readonly api: NexusApi;
  readonly client: Pick<HttpClient, 'send'>;
  /** Where the server is reached, its context path included. */
  readonly root: string;
  readonly settings: Settings;
  readonly context: Pick<ScanContext, 'images'>;
}

/** The images a repository is judged by, and all its tags by image. */
interface Tags {
  readonly chosen: readonly TaggedImage[];
  readonly all: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly read: readonly TaggedImage[];
}

export interface Images {
  readonly recentSignatures: () => Promise<RepositoryFacts['recentSignatures']>;
  readonly recentAttestations: () => Promise<RepositoryFacts['recentAttestations']>;
  readonly recentCandidates: () => Promise<RepositoryFacts['recentCandidates']>;
  readonly tagDigests: () => Promise<RepositoryFacts['tagDigests']>;
}

/** The facts of one repository that rest on its images; each call is made once for all of them. */
export function imagesOf(repository: ImageRepository, sources: ImageSources): Images {
  const { mayPull } = sources.context.images;
  const tags = once(() => tagsOf(repository, sources));
  const attached = once(async () => attachedTo(repository, sources, await tags()));
  const attachedOfKind = async (kind: 'signature' | 'attestation') =>
    join([await attached()], (images) =>
      images.map(({ tagged, found }) => {
        const image = nameOf(tagged);
        return { image, found: certainOf(image, kind, attachedOf(found, kind), mayPull) };
      }),
    );
  const recentCandidates = async () =>
    join([await attached()], (images) =>
      boundedCandidates(
        images.map(({ tagged, found }) => ({
          image: nameOf(tagged),
          digest: tagged.digest,
          ...possibleSignatures(found),
        })),
        mayPull,
      ),
    );
  const tagDigests = async () =>
    tagDigestsOf(
      join([await tags()], ({ read }) => ({ rows: read.toSorted(rows.newestFirst), whole: true })),
      sources.context.images.tags,
    );
  return { recentCandidates, tagDigests, ...attachmentCollectors(attachedOfKind) };
}

function nameOf({ image, tag, digest }: TaggedImage): string {
  return `${image}:${tag} (${shortDigest(digest)})`;
}

/** Most components that are read: the list is not in the order of time. */
const mostComponents = 5000;

/** All tags, and the newest of them. Components that the caller may not browse are left out without a word. */
async function tagsOf(
  { name, format }: ImageRepository,
  { api, settings, context }: ImageSources,
): Promise<Fact<Tags>> {
  const browses = await settings.holds(`nexus:repository-view:${format}:${name}:browse`);
  const { permission } = operations.listComponents;
  const whole = join([browses], (held) => {
    if (held) return true;
    throw new Denied(
      `the caller may not browse ${name}, and the server leaves out its images`,
      permission,
    );
  });
  if (whole.state !== 'known') return gapOf(whole);
  const read: TaggedImage[] = [];
  const pages = api.pages('listComponents', (all) => all.map(taggedImage), {
    query: { repository: name },
  });
  for await (const page of pages) {
    if (page.state !== 'known') return page;
    read.push(...page.value);
    if (read.length > mostComponents) break;
  }
  return known('listComponents', permission, () => {
    if (read.length > mostComponents) {
      throw new Inconclusive(
        `which of more than ${mostComponents} tags are the newest was not read`,
      );
    }
    const all = new Map<string, Map<string, string>>();
    for (const { image, tag, digest } of read) {
      const tags = all.get(image) ?? new Map<string, string>();
      all.set(image, tags.set(tag, digest));
    }
    const own = read.filter(({ tag, digest }) => !isAttachmentTag(tag, digest));
    return { chosen: newestImages(own, context.images, rows).images, all, read };
  });
}

const rows: ImageRows<TaggedImage> = {
  tagsOf: ({ tag }) => [tag],
  newestFirst: (a, b) => b.at.localeCompare(a.at) || nameOf(a).localeCompare(nameOf(b)),
  imageOf: ({ image, digest }) => `${image}@${digest}`,
};

async function attachedTo(
  { name }: ImageRepository,
  { client, root, context }: ImageSources,
  tags: Fact<Tags>,
): Promise<Fact<readonly { tagged: TaggedImage; found: Attachments }[]>> {
  if (tags.state !== 'known') return tags;
  const { chosen, all } = tags.value;
  const base = `${root}/repository/${encodeURIComponent(name)}`;
  const registry: Omit<OciRegistry, 'tags'> = {
    client: { send: (request) => client.send({ ...request, path: `${base}${request.path}` }) },
    operations: {
      referrers: 'listReferrers',
      tag: 'getManifest',
      manifest: 'getManifest',
      blob: 'getManifest',
    },
    referrers: 'api',
    // A GET of a manifest moves the date of the last download, by which cleanup policies go.
    mayGetManifest: context.images.mayPull,
  };
  const each = chosen.map((tagged) =>
    ask(
      'listReferrers',
      operations.listReferrers,
      nexusErrors,
      () =>
        attachmentsOf({ ...registry, tags: all.get(tagged.image) }, tagged.image, {
          digest: tagged.digest,
          mayBeIndex: tagged.mayBeIndex,
        }),
      (raw) => ({ tagged, found: raw as Attachments }),
    ),
  );
  return join([tags, ...(await Promise.all(each))], (_, ...found) => found);
}
