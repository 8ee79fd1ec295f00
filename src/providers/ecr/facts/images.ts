import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive, join, unknown } from '../../facts.ts';
import { attachmentCollectors } from '../../image-facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { type TagRows, tagDigestsOf } from '../../tag-digests.ts';
import {
  ambiguous,
  attached,
  chosen,
  type ImageRow,
  imageRow,
  isIndex,
  nameOf,
  newestFirst,
  scanResult,
} from '../decode/images.ts';
import { type CandidateSources, recentCandidates } from './candidates.ts';

type RecentScan = ValueOf<RepositoryFacts['recentScans']>[number];

/** The facts of one repository that rest on its images; the listing is read once for all of them. */
export function imageFacts(sources: CandidateSources) {
  const { api, region, repository, images } = sources;
  const rows = once(() =>
    api.all(
      {
        name: 'DescribeImages',
        region,
        input: { repositoryName: repository, maxResults: 1000 },
        entries: 'imageDetails',
      },
      (entries) => entries.map(imageRow),
    ),
  );
  const newest = (all: readonly ImageRow[]) => chosen(all, images.newest, images.tags);
  const eachOfNewest = (all: readonly ImageRow[]) => newest(all).map((row) => ({ row, all }));

  const attachedTo = async (kind: 'signature' | 'attestation') =>
    eachEntry(join([await rows()], eachOfNewest), ({ row, all }) => {
      const found = attached(all, row.digest, kind);
      const unclear = found.length > 0 ? [] : ambiguous(all, row, kind);
      if (unclear.length === 0) return [{ image: nameOf(row), found }];
      throw new Inconclusive(
        `${nameOf(row)} has ${unclear.join(', ')}, and whether that is a ${kind} cannot be told without a pull`,
      );
    });

  const scanOf = async (row: ImageRow): Promise<Fact<readonly RecentScan[]>> => {
    // Findings hang on the images of an index, and which those are only a pull would tell.
    if (isIndex(row))
      return unknown(
        'inconclusive',
        'DescribeImages',
        `${nameOf(row)} is a multi-platform index; scans of its images cannot be told apart without a pull`,
      );
    const imageId = { imageDigest: row.digest };
    const scan = await api.one(
      'DescribeImageScanFindings',
      region,
      { repositoryName: repository, imageId, maxResults: 1 },
      scanResult,
    );
    return join([scan], (result) => [{ image: nameOf(row), scan: result }]);
  };

  return {
    ...attachmentCollectors(attachedTo),
    recentCandidates: async () => recentCandidates(sources, await rows(), newest),
    tagDigests: async (): Promise<RepositoryFacts['tagDigests']> =>
      tagDigestsOf(join([await rows()], rowsOf), images.tags),
    recentScans: async (): Promise<RepositoryFacts['recentScans']> => {
      const all = await rows();
      if (all.state !== 'known') return all;
      const images = newest(all.value);
      const scans = await Promise.all(images.map(scanOf));
      // An image deleted since it was listed is not judged, as long as another stands for the repository.
      const left = scans.filter((_, at) => {
        const digest = images[at]?.digest;
        return digest === undefined || !api.isGone(region, repository, digest);
      });
      const judged = left.length > 0 ? left : scans;
      return joinLists([join([all], (): RecentScan[] => []), ...judged]);
    },
  };
}

function rowsOf(images: readonly ImageRow[]): TagRows {
  const rows = newestFirst(images).flatMap(({ tags, digest }) =>
    tags.map((tag) => ({ tag, digest })),
  );
  return { rows, whole: true };
}
