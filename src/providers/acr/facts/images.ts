import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import {
  type Attachments,
  attachedOf,
  attachmentsOf,
  possibleSignatures,
} from '../../../oci/attachments.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join } from '../../facts.ts';
import { attachmentCollectors, boundedCandidates, certainOf } from '../../image-facts.ts';
import { eachEntry } from '../../parts.ts';
import { type TagRows, tagDigestsOf } from '../../tag-digests.ts';
import type { Findings } from '../decode/findings.ts';
import {
  chosen,
  imageName,
  manifestsIn,
  mostOnPage,
  newestFirst,
  repositoryLocked,
  type Tag,
  tagsIn,
} from '../decode/repository.ts';
import { operations } from '../operations.ts';
import type { DataPlane } from '../wire/data-plane.ts';
import { acrErrors } from '../wire/errors.ts';

export interface ImageSources {
  readonly data: DataPlane;
  readonly repository: string;
  readonly context: Pick<ScanContext, 'images'>;
  /** What Defender found, by digest; null: it scans nothing here. */
  readonly findings: () => Promise<Fact<ReadonlyMap<string, Findings> | null>>;
}

/** What is learnt of one repository by the registry's own API; each list is read once. */
export function imagesOf(sources: ImageSources) {
  const { data, repository, context } = sources;
  const call = { params: { repository } };
  const listed = { ...call, query: { n: mostOnPage, orderby: 'timedesc' } };
  const tags = once(() =>
    data.api.all(
      'Tags_List',
      (pages): readonly Tag[] => pages.flatMap((page) => tagsIn(page, repository)),
      listed,
    ),
  );
  const manifests = once(() =>
    data.api.one('Manifests_List', (raw) => manifestsIn(raw, repository), listed),
  );
  const newest = once(async (): Promise<Fact<readonly Tag[]>> => {
    const all = await tags();
    const { images } = context;
    return join([all, await manifests()], (list, { mayHoldImages, others, running }) => {
      const own = list.filter(({ digest }) => !others.has(digest));
      const judged = chosen(own, running, images.newest, images.tags);
      if (judged !== null) return judged;
      if (!mayHoldImages) return [];
      throw new Inconclusive(
        'no image has a tag, and which untagged manifests are images is not told',
      );
    });
  });
  const attachments = once(async () => {
    const [all, judged] = await Promise.all([tags(), newest()]);
    if (all.state !== 'known') return all;
    if (judged.state !== 'known') return judged;
    const names = new Map(all.value.map(({ name, digest }) => [name, digest]));
    const listed = await manifests();
    const single = listed.state === 'known' ? listed.value.single : new Set<string>();
    const found = await Promise.all(
      judged.value.map((tag) =>
        ask(
          'Referrers_List',
          operations.Referrers_List,
          acrErrors,
          () => attached(sources, tag, names, !single.has(tag.digest)),
          (raw) => ({ tag, attachments: raw as Attachments }),
        ),
      ),
    );
    return join([judged, ...found], (_, ...perImage) => perImage);
  });
  const attachedTo = async (kind: 'signature' | 'attestation') =>
    join([await attachments()], (images) =>
      images.map(({ tag, attachments: here }) => {
        const image = imageName(tag);
        const { mayPull } = context.images;
        return { image, found: certainOf(image, kind, attachedOf(here, kind), mayPull) };
      }),
    );

  return {
    tags,
    manifests,
    locked: once(() =>
      data.api.one('Repository_GetProperties', (raw) => repositoryLocked(raw, repository), call),
    ),
    ...attachmentCollectors(attachedTo),
    tagDigests: async (): Promise<RepositoryFacts['tagDigests']> =>
      tagDigestsOf(join([await tags()], rowsOf), context.images.tags),
    recentCandidates: async (): Promise<RepositoryFacts['recentCandidates']> =>
      join([await attachments()], (images) =>
        boundedCandidates(
          images.map(({ tag, attachments }) => ({
            image: imageName(tag),
            digest: tag.digest,
            ...possibleSignatures(attachments),
          })),
          context.images.mayPull,
        ),
      ),
    recentScans: async (): Promise<RepositoryFacts['recentScans']> => {
      const judged = await newest();
      if (judged.state !== 'known' || judged.value.length === 0) return join([judged], () => []);
      const found = join([judged, await sources.findings()], (images, findings) =>
        images.map((tag) => ({ tag, findings })),
      );
      return eachEntry(found, ({ tag, findings }) => [
        {
          image: imageName(tag),
          // What is listed of a registry that is no longer scanned is of the past.
          scan: findings === null ? { mode: 'missing' as const } : scanOf(tag, findings),
        },
      ]);
    },
  };
}

function rowsOf(tags: readonly Tag[]): TagRows {
  return {
    rows: newestFirst(tags).map(({ name, digest }) => ({ tag: name, digest })),
    whole: true,
  };
}

/** Without a row an image may be clean, may not be scanned yet, or never will be: nobody says which. */
function scanOf(tag: Tag, findings: ReadonlyMap<string, Findings>) {
  const found = findings.get(tag.digest);
  if (found !== undefined) return { mode: 'finished' as const, ...found };
  throw new Inconclusive(
    `Defender lists no finding of ${imageName(tag)}, which says neither that it is clean nor that it was scanned`,
  );
}

async function attached(
  { data, repository, context }: ImageSources,
  { digest }: Tag,
  tags: ReadonlyMap<string, string>,
  mayBeIndex: boolean,
): Promise<Attachments> {
  // Answers as `data.get` does where no token may be sent.
  const client = { send: data.send };
  return attachmentsOf(
    {
      client,
      // A manifest and its blobs take the permission of the list of referrers.
      operations: {
        referrers: 'Referrers_List',
        tag: 'Referrers_List',
        manifest: 'Referrers_List',
        blob: 'Referrers_List',
      },
      // Registries with a key of their own had no such API; what they answer is taken as it comes.
      referrers: 'api',
      // Each GET counts in the pull metrics and events of the registry.
      mayGetManifest: context.images.mayPull,
      tags,
    },
    repository,
    { digest, mayBeIndex },
  );
}
