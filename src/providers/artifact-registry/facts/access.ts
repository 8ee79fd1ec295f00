import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { Described } from '../decode/repository.ts';
import { anybody, type Grant, grantsOf, holders, isPublic } from './grants.ts';
import type { Home, Principal } from './iam/member.ts';
import { belongingOf, outsideAccess } from './outsiders.ts';
import type { Layer } from './project.ts';
import type { RepositoryPolicies } from './repository-policies.ts';

/** The facts about who may do what, for the registry and for each repository. */
export function accessOf(policies: RepositoryPolicies, now: Date) {
  const { project } = policies;
  const nowhere = { resource: '', now };
  const inherited = once(async () =>
    grantsOf(await project.inherited(), project.shared, { moment: nowhere, about: anybody }),
  );
  const ofRepository = async (repository: Described, about: (principal: Principal) => boolean) =>
    grantsOf(await policies.effective(repository), project.shared, {
      moment: { resource: repository.path, now },
      about,
    });
  const publicAbove = once(async () =>
    grantsOf(await project.inherited(), project.shared, { moment: nowhere, about: isPublic }),
  );
  return {
    inherited,
    publicAbove,
    ofRepository,
    publicPull: (repository: Described) => publicPull(policies, repository, now),
    registry: registryCollectors(policies, { inherited, publicAbove }, now),
    collectorsOf: (repository: Described) => {
      const everybody = once(() => ofRepository(repository, anybody));
      return {
        publicPull: () => publicPull(policies, repository, now),
        pushers: async () => {
          const belongs = await belongingOf(project, [], false);
          return join([await everybody(), belongs], (grants, foreign) =>
            // Where a person belongs does not matter: a person who pushes is no pipeline.
            holders(grants, 'push', (principal) => foreign(principal) === true),
          );
        },
        deleters: async () => {
          const grants = await everybody();
          const belongs = await belongingOf(project, homesOf(grants), true);
          return join([grants, belongs], (all, foreign) =>
            holders(all, 'delete', (principal) => certain(principal, foreign(principal))),
          );
        },
        outsideAccess: async () => {
          const grants = await everybody();
          const belongs = await belongingOf(project, homesOf(grants), true);
          return join([grants, belongs], (all, foreign) =>
            outsideAccess(all, (principal) => certain(principal, foreign(principal))),
          );
        },
      } satisfies Collectors<'repository'>;
    },
  };
}

export type Access = ReturnType<typeof accessOf>;

/** Where those belong who can do anything at all. */
function homesOf(grants: Fact<readonly Grant[]>): readonly Home[] {
  if (grants.state !== 'known') return [];
  return grants.value
    .filter(({ abilities }) => abilities.length > 0)
    .map(({ principal }) => principal.home);
}

function certain({ name }: Principal, foreign: boolean | null): boolean {
  if (foreign !== null) return foreign;
  throw new Inconclusive(`whether ${name} belongs to the owner of the project cannot be told`);
}

type PublicPull = ValueOf<RepositoryFacts['publicPull']>;

/**
 * Public if the repository's own policy says so, one above it, or that of a virtual repository which
 * serves its images to whoever may read there. One proof is enough, whatever else is denied.
 */
async function publicPull(
  policies: RepositoryPolicies,
  repository: Described,
  now: Date,
): Promise<RepositoryFacts['publicPull']> {
  const own = await publicReaders(policies, [await policies.own(repository)], repository, now);
  const judged = join([own], (grants) => openness(grants, ''));
  if (judged.state === 'known' && judged.value.mode !== 'nobody') return judged;
  const inherited = await publicReaders(
    policies,
    [await policies.project.inherited()],
    repository,
    now,
  );
  const servers = await policies.servedBy(repository);
  const through = await Promise.all(
    (servers.state === 'known' ? servers.value : []).map(async (server) =>
      join([await publicReaders(policies, [await policies.own(server)], server, now)], (grants) =>
        openness(grants, `, through the virtual repository ${server.name}`),
      ),
    ),
  );
  const facts = [judged, join([inherited], (grants) => openness(grants, '')), ...through];
  const proof = proofIn(facts, 'anyone') ?? proofIn(facts, 'any-account');
  return proof ?? join([...facts, servers], () => ({ mode: 'nobody' }));
}

function proofIn(facts: readonly Fact<PublicPull>[], mode: PublicPull['mode']) {
  return facts.find((fact) => fact.state === 'known' && fact.value.mode === mode);
}

async function publicReaders(
  { project }: RepositoryPolicies,
  layers: readonly Fact<readonly Layer[]>[],
  { path }: Described,
  now: Date,
): Promise<Fact<readonly Grant[]>> {
  const all = join(layers, (...found) => found.flat());
  return grantsOf(all, project.shared, { moment: { resource: path, now }, about: isPublic });
}

function openness(grants: readonly Grant[], through: string): PublicPull {
  const readers = grants.filter(({ abilities }) => abilities.includes('pull'));
  const doubtful = readers.find(({ conditional }) => conditional);
  const sure = readers.filter(({ conditional }) => !conditional);
  for (const [kind, mode] of modes) {
    const grant = sure.find(({ principal }) => principal.kind === kind);
    if (grant !== undefined)
      return { mode, how: `${grant.principal.name} has ${grant.via}${through}` };
  }
  if (doubtful === undefined) return { mode: 'nobody' };
  throw new Inconclusive(`whether ${doubtful.principal.name} can pull depends on a condition`);
}

const modes = [
  ['anyone', 'anyone'],
  ['everyone-signed-in', 'any-account'],
] as const;

/** Grants of the project and all above it: everybody's, and those to strangers. */
interface Above {
  readonly inherited: () => Promise<Fact<readonly Grant[]>>;
  readonly publicAbove: () => Promise<Fact<readonly Grant[]>>;
}

function registryCollectors(
  policies: RepositoryPolicies,
  { inherited, publicAbove }: Above,
  now: Date,
): Collectors<'registry'> {
  const { project } = policies;
  return {
    administrators: async () => {
      const belongs = await belongingOf(project, [], false);
      return join([await inherited(), belongs], (grants, foreign) =>
        holders(grants, 'administer', (principal) => foreign(principal) === true),
      );
    },
    projectCreation: async () => join([await inherited()], projectCreation),
    anonymousCatalog: async () =>
      join([await publicAbove()], (grants): ValueOf<RegistryFacts['anonymousCatalog']> => {
        const grant = grants.find((one) => isAnonymous(one) && one.abilities.includes('list'));
        return grant === undefined
          ? { mode: 'hidden' }
          : { mode: 'listed', how: `${grant.principal.name} has ${grant.via}` };
      }),
    anonymousPush: () => anonymousPush(policies, publicAbove, now),
  };
}

/** Whoever has any Google account has signed in; the lists of who may do what show them too. */
function isAnonymous({ principal }: Grant): boolean {
  return principal.kind === 'anyone';
}

function projectCreation(grants: readonly Grant[]): ValueOf<RegistryFacts['projectCreation']> {
  const creators = holders(grants, 'create', () => false);
  const names = creators.map(({ name }) => name);
  const open = creators.find(({ kind }) => kind === 'anyone' || kind === 'everyone-signed-in');
  if (open !== undefined) return { mode: 'open', to: open.name };
  if (names.length <= 5) return { mode: 'limited', to: names.join(', ') || 'nobody' };
  return { mode: 'limited', to: `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` };
}

/** Refused only when no policy of any repository of this location says otherwise. */
async function anonymousPush(
  policies: RepositoryPolicies,
  publicAbove: () => Promise<Fact<readonly Grant[]>>,
  now: Date,
): Promise<RegistryFacts['anonymousPush']> {
  const repositories = await policies.repositories();
  if (repositories.state !== 'known') return gapOf(repositories);
  const each = await Promise.all(
    repositories.value.map(async (repository) =>
      publicReaders(policies, [await policies.own(repository)], repository, now),
    ),
  );
  return join([await publicAbove(), repositories, ...each], (above, _, ...own) => {
    const all = [...above, ...own.flat()].filter(isAnonymous);
    const grant = all.find(({ abilities }) => abilities.includes('push'));
    return grant === undefined
      ? { mode: 'refused' }
      : { mode: 'accepted', how: `${grant.principal.name} has ${grant.via}` };
  });
}
