import { httpErrors } from '../../../http/http-errors.ts';
import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { asksOf, Inconclusive, join, unknown } from '../../facts.ts';
import { eachEntry } from '../../parts.ts';
import {
  enabledRepositories,
  hubHost,
  queries,
  type ScoutScan,
  summaries,
} from '../decode/scout.ts';
import type { HubTag } from '../decode/tags.ts';
import { type OperationName, operations } from '../operations.ts';
import { staticScanning } from '../provides.ts';
import { type Clients, graphql } from '../wire/clients.ts';
import { type Images, nameOf } from './images.ts';

/** What Docker Scout says. Its API is not a documented one, so it is asked only on demand. */
export interface Scout {
  /** In: repositories of one page. Out: whether Docker Scout analyses each, asked for all at once. */
  readonly enabled: (names: readonly string[]) => (name: string) => Promise<Fact<boolean | null>>;
  /** In: a repository with its namespace, and whether Docker Scout analyses it. */
  readonly scans: (
    repository: string,
    images: Images,
    analysed: Fact<boolean | null>,
  ) => Promise<RepositoryFacts['recentScans']>;
}

export function scoutFor(
  clients: Pick<Clients, 'scout'>,
  namespace: string,
  wanted: boolean,
): Scout {
  const context = { organization: namespace };
  const { one } = asksOf(operations, httpErrors);
  const query = <T>(
    name: OperationName,
    text: string,
    variables: object,
    decode: (data: unknown) => T,
  ) => one(name, () => graphql(clients.scout, name, text, { context, ...variables }), decode);
  return {
    enabled: (names) => {
      const answers = once(() =>
        query(
          'ListScoutRepositories',
          queries.repositories,
          { names: names.map((name) => `${namespace}/${name}`), host: hubHost },
          enabledRepositories,
        ),
      );
      return async (name) => {
        if (!wanted) return notAsked('ListScoutRepositories');
        return join([await answers()], (byName) => {
          const found = byName.get(`${namespace}/${name}`);
          if (found === undefined) throw new Inconclusive(`Docker Scout does not know ${name}`);
          return found;
        });
      };
    },
    scans: async (repository, images, analysed) => {
      if (!wanted) return notAsked('ListScoutImages');
      const tags = await images.tags();
      if (tags.state !== 'known') return tags;
      const digests = tags.value.chosen.flatMap(({ platforms }) =>
        platforms.map(({ digest }) => digest),
      );
      if (digests.length === 0) return join([tags], ({ chosen }) => chosen.map(withoutPlatform));
      const found = await query(
        'ListScoutImages',
        queries.images,
        { digests: [...new Set(digests)], repository: { hostName: hubHost, repoName: repository } },
        summaries,
      );
      // What it found before it stopped, or for somebody else's copy, may be old.
      if (analysed.state === 'known' && analysed.value === false) return staticScanning;
      const each = join([tags, found, analysed], ({ chosen }, byDigest, isAnalysed) => {
        if (isAnalysed !== true) throw new Inconclusive(untoldByScout);
        return chosen.flatMap((tag) => platformsOf(tag).map((of) => ({ tag, of, byDigest })));
      });
      return eachEntry(each, ({ tag, of, byDigest }) => [scanOf(tag, of, byDigest)]);
    },
  };
}

/** Each repository has Docker Scout, static scanning or neither (docs, vulnerability scanning). */
export const untoldByScout = 'Docker Scout does not say whether it analyses this repository';

function notAsked(operation: OperationName) {
  return unknown(
    'not-collected',
    operation,
    'Docker Scout is asked where the configuration says scout: true, since its API is not a documented one',
  );
}

function withoutPlatform(tag: HubTag): never {
  throw new Inconclusive(`Docker Hub lists no image for any platform of ${nameOf(tag)}`);
}

type Platform = HubTag['platforms'][number];

/** Each platform of a tag is scanned by itself; null: the tag has none. */
function platformsOf({ platforms }: HubTag): readonly (Platform | null)[] {
  return platforms.length === 0 ? [null] : platforms;
}

function scanOf(
  tag: HubTag,
  platform: Platform | null,
  byDigest: ReadonlyMap<string, () => ScoutScan>,
) {
  if (platform === null) return withoutPlatform(tag);
  const { name, digest } = platform;
  const scan = byDigest.get(digest);
  if (scan === undefined) {
    throw new Inconclusive(`Docker Scout does not know ${nameOf(tag)} for ${name}`);
  }
  const image = tag.platforms.length === 1 ? nameOf(tag) : `${nameOf(tag)} for ${name}`;
  return { image, scan: scan() };
}
