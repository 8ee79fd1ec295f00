import { httpErrors } from '../../../http/http-errors.ts';
import { once } from '../../../http/once.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { isFallbackTag } from '../../../oci/fallback-tags.ts';
import type { Glance } from '../../../oci/stranger.ts';
import type { Collectors } from '../../collectors.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known, type Learnt } from '../../facts.ts';
import { withRest } from '../../parts.ts';
import { tagName } from '../decode/names.ts';
import { anyHeader, isBasicAlone, isTestAuthentication } from '../decode/product.ts';
import { operations } from '../operations.ts';
import { rests } from '../provides.ts';
import type { Session } from '../wire/session.ts';
import type { Gate } from './gate.ts';
import { imagesOf } from './images.ts';

/** What evidence from outside tells of one repository. `gate`: who passes that of the whole registry. */
export function repositoryCollectors(
  session: Session,
  repository: string,
  gate: () => Promise<Learnt<Gate>>,
  context: Pick<ScanContext, 'images'>,
): Collectors<'repository'> {
  const tags = once(() =>
    session.api.all('listTags', (all) => all.map(tagName), {
      params: { repository },
      query: { n: 1000 },
    }),
  );
  const publicPull = once(() => pulledBy(session, repository, tags));
  return {
    ...imagesOf(session, repository, tags, context),
    publicPull,
    outsideAccess: async () =>
      withRest(
        join([await publicPull()], ({ mode }) => (mode === 'anyone' ? [everybody] : [])),
        rests.outsideAccess,
      ),
    pushers: async () => withRest(join([await gate()], pushersThrough), rests.pushers),
  };
}

const everybody: ValueOf<RepositoryFacts['outsideAccess']>[number] = {
  kind: 'anyone',
  id: '*',
  account: '',
  own: false,
  can: ['pull'],
  via: 'no login is asked for',
};

function pushersThrough(gate: Gate): ValueOf<RepositoryFacts['pushers']> {
  if (gate.who === 'other' || !gate.writes) return [];
  const common = { foreign: false, administrator: false } as const;
  return gate.who === 'anybody'
    ? [{ kind: 'anyone', name: 'anybody', via: 'no login is asked for', ...common }]
    : [
        {
          kind: 'group',
          name: 'every user of the htpasswd file',
          via: 'CNCF Distribution gives each of them all rights',
          ...common,
        },
      ];
}

/** Who can pull: a tag that exists is asked for without credentials. */
async function pulledBy(
  session: Session,
  repository: string,
  tags: () => Promise<Learnt<string[]>>,
): Promise<Learnt<ValueOf<RepositoryFacts['publicPull']>>> {
  if (isTestAuthentication(session.ping)) {
    return known('ping', '', () => ({ mode: 'anyone', how: anyHeader }));
  }
  const all = await tags();
  if (all.state !== 'known') return all;
  const [tag] = [...all.value].sort((a, b) => Number(isFallbackTag(a)) - Number(isFallbackTag(b)));
  if (tag === undefined) return join([all, await session.product()], (_, { kind }) => byGate(kind));
  const seen = await ask(
    'anonymousPull',
    operations.anonymousPull,
    httpErrors,
    () => session.stranger.pull(repository, tag),
    (raw) => raw as Glance<true>,
  );
  return join([seen], ({ mode }) =>
    mode === 'refused'
      ? { mode: 'nobody' }
      : { mode: 'anyone', how: `${tag} can be pulled without login` },
  );

  function byGate(kind: string): ValueOf<RepositoryFacts['publicPull']> {
    if (kind === 'distribution' && session.ping.open) {
      return { mode: 'anyone', how: 'the registry asks for no login' };
    }
    if (kind === 'distribution' && isBasicAlone(session.ping)) return { mode: 'nobody' };
    throw new Inconclusive('there is no tag that could be asked for without login');
  }
}
