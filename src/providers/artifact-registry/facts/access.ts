import { once } from '../../../http/once.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import type { Described } from '../decode/repository.ts';
import { fromAll, type Grant, type Grants, grantsOf, holders } from './grants.ts';
import { withImpersonation } from './impersonation.ts';
import { administratorsOf, deletersOf, outsideAccess, pushersOf } from './outsiders.ts';
import { anonymousPush, isAnonymous, publicPull } from './public-access.ts';
import type { RepositoryPolicies } from './repository-policies.ts';

/** Collectors of the access facts, for the registry and for each repository. */
export function accessOf(policies: RepositoryPolicies, now: Date) {
  const { project } = policies;
  const nowhere = { resource: '', now };
  const granted = once(async () =>
    grantsOf(await project.layers(), project.shared, { moment: nowhere, about: 'anybody' }),
  );
  const inherited = once(async () => withImpersonation(await granted(), project, now));
  const ofRepository = async (repository: Described) =>
    withImpersonation(
      await grantsOf(await policies.effective(repository), project.shared, {
        moment: { resource: repository.path, now },
        about: 'anybody',
      }),
      project,
      now,
    );
  const publicAbove = once(async () =>
    grantsOf(await project.layers(), project.shared, { moment: nowhere, about: 'public' }),
  );
  return {
    inherited,
    publicAbove,
    ofRepository,
    publicPull: (repository: Described) => publicPull(policies, repository, now),
    registry: registryCollectors(policies, { granted, inherited, publicAbove }, now),
    collectorsOf: (repository: Described) => {
      const everybody = once(() => ofRepository(repository));
      return {
        publicPull: () => publicPull(policies, repository, now),
        pushers: async () => pushersOf(project, await everybody()),
        deleters: async () => deletersOf(project, await everybody()),
        outsideAccess: async () => outsideAccess(project, await everybody()),
      } satisfies Collectors<'repository'>;
    },
  };
}

export type Access = ReturnType<typeof accessOf>;

/** Grants of the project and all levels above: all, all with impersonation, and the public ones. */
interface Above {
  readonly granted: () => Promise<Grants>;
  readonly inherited: () => Promise<Grants>;
  readonly publicAbove: () => Promise<Grants>;
}

function registryCollectors(
  policies: RepositoryPolicies,
  { granted, inherited, publicAbove }: Above,
  now: Date,
): Collectors<'registry'> {
  const { project } = policies;
  return {
    administrators: async () => administratorsOf(project, await inherited()),
    projectCreation: async () => fromAll(await granted(), projectCreation),
    anonymousCatalog: async () =>
      fromAll(await publicAbove(), (grants): ValueOf<RegistryFacts['anonymousCatalog']> => {
        const grant = grants.find((one) => isAnonymous(one) && one.abilities.includes('list'));
        return grant === undefined
          ? { mode: 'hidden' }
          : { mode: 'listed', how: `${grant.principal.name} has ${grant.via}` };
      }),
    anonymousPush: () => anonymousPush(policies, publicAbove, now),
  };
}

function projectCreation(grants: readonly Grant[]): ValueOf<RegistryFacts['projectCreation']> {
  const creators = holders(grants, ['create'], () => false);
  const names = creators.map(({ name }) => name);
  const open = creators.find(({ kind }) => kind === 'anyone' || kind === 'everyone-signed-in');
  if (open !== undefined) return { mode: 'open', to: open.name };
  if (names.length <= 5) return { mode: 'limited', to: names.join(', ') || 'nobody' };
  return { mode: 'limited', to: `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` };
}
