import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { type Attachments, attachmentsOf, doubtsOf } from '../../../oci/attachments.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join } from '../../facts.ts';
import { attachmentCollectors } from '../../image-facts.ts';
import type { Findings } from '../decode/findings.ts';
import {
  chosen,
  imageName,
  manifestsIn,
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
  const listed = { ...call, query: { n: 100, orderby: 'timedesc' } };
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
    const judged = join([all], (list) => chosen(list, images.newest, images.tags));
    if (judged.state !== 'known') return judged;
    const { value } = judged;
    if (value !== null) return join([judged], () => value);
    return join([judged, await manifests()], (_, { any }) => {
      if (!any) return [];
      throw new Inconclusive(
        'no image has a tag, and which untagged manifests are images is not told',
      );
    });
  });
  const attachments = once(async () => {
    const [all, judged] = await Promise.all([tags(), newest()]);
    if (all.state !== 'known') return all;
    if (judged.state !== 'known') return judged;
    const names = all.value.map(({ name }) => name);
    const found = await Promise.all(
      judged.value.map((tag) =>
        ask(
          'Referrers_List',
          operations.Referrers_List,
          acrErrors,
          () => attached(sources, tag, names),
          (raw) => ({ tag, attachments: raw as Attachments }),
        ),
      ),
    );
    return join([judged, ...found], (_, ...perImage) => perImage);
  });
  const attachedTo = async (kind: 'signature' | 'attestation') =>
    join([await attachments()], (images) =>
      images.map(({ tag, attachments: here }) => {
        const doubts = doubtsOf(here, kind);
        if (doubts.length > 0) {
          throw new Inconclusive(
            `whether ${imageName(tag)} has ${kind === 'signature' ? 'a signature' : 'an attestation'} cannot be told without a pull: ${doubts.join(', ')}`,
          );
        }
        const found = kind === 'signature' ? here.signatures : here.attestations;
        return { image: imageName(tag), found };
      }),
    );

  return {
    tags,
    manifests,
    locked: once(() =>
      data.api.one('Repository_GetProperties', (raw) => repositoryLocked(raw, repository), call),
    ),
    ...attachmentCollectors(attachedTo),
    recentScans: async (): Promise<RepositoryFacts['recentScans']> => {
      const judged = await newest();
      if (judged.state !== 'known' || judged.value.length === 0) return join([judged], () => []);
      return join([judged, await sources.findings()], (images, findings) =>
        images.map((tag) => ({
          image: imageName(tag),
          // What is listed of a registry that is no longer scanned is of the past.
          scan: findings === null ? { mode: 'missing' as const } : scanOf(tag, findings),
        })),
      );
    },
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
  { data, repository }: ImageSources,
  { digest }: Tag,
  tags: readonly string[],
): Promise<Attachments> {
  // Answers as `data.get` does where no token may be sent.
  const client = { send: data.send };
  return attachmentsOf(
    {
      client,
      operations: { referrers: 'Referrers_List', tag: 'Referrers_List' },
      // Registries with a key of their own had no such API; what they answer is taken as it comes.
      referrers: 'api',
      mayGetManifest: false,
      tags,
    },
    repository,
    digest,
  );
}
