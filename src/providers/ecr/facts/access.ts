import { denies } from '../../../aws-policy/perimeter.ts';
import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import type { CreationTemplate } from '../decode/registry.ts';
import type { Described } from '../decode/repository.ts';
import type { EcrApi } from '../wire/api.ts';
import { abilities, immediateDeletion, ownAbilities } from './abilities.ts';
import type { AccountFacts } from './account.ts';
import { describing } from './administrators.ts';
import { detoursAmong } from './detours.ts';
import { type Doing, doersOf } from './doers.ts';
import { repositoryArn } from './iam-access.ts';
import { candidates } from './identities.ts';
import type { Outside } from './outsider.ts';
import { granted, homeOf, outsideAccess } from './outsiders.ts';
import { policiesOf, resourceAt, type World } from './policies.ts';
import { registryAccess } from './registry-access.ts';
import type { Place } from './settings.ts';
import { type Sure, sureList } from './sure.ts';

export type RegistryAccess = Pick<ReturnType<typeof accessOf>, 'collectors' | 'startsOpen'>;
export type RepositoryAccess = Pick<ReturnType<typeof accessOf>, 'collectorsOf'>;

/** The facts about who may do what, for the registry and for each repository. */
export function accessOf(api: EcrApi, place: Place, account: AccountFacts) {
  const policies = policiesOf(api, place, account);
  const described = once(async () =>
    join([await account.identities()], (all) => {
      const describe = describing(all, place);
      return { all, describe, detours: detoursAmong(all, describe, place) };
    }),
  );
  const doing = (ability: 'push' | 'delete'): Doing => ({
    actions: ownAbilities[ability],
    outside: abilities[ability],
    candidates: once(async () =>
      join([await described()], ({ all, describe }) =>
        candidates(all, describe, place, ownAbilities[ability]),
      ),
    ),
  });
  const [push, remove] = [doing('push'), doing('delete')];
  return {
    collectors: registryAccess(policies, place, account),
    /** Will a repository that is created from a template, or by hand (null), be open to any account? */
    startsOpen: async (template: CreationTemplate | null): Promise<Fact<boolean>> => {
      const prefix = template === null || template.prefix === 'ROOT' ? '' : `${template.prefix}/`;
      const resource = resourceAt(repositoryArn(place, `${prefix}*`));
      const policy = known('GetRegistryPolicy', '', () => template?.policy ?? null);
      return policies.together(policy, { name: 'start', resource }, (world) =>
        isOpen(outsideAccess(world, place, resource.arn)),
      );
    },
    collectorsOf: ({ name, arn }: Described): Collectors<'repository'> => {
      const policy = once(() => policies.ofRepository(name));
      const resource = resourceAt(arn);
      const judge = async <T>(question: string, work: (world: World) => T): Promise<Fact<T>> =>
        policies.together(await policy(), { name: question, resource }, work);
      const scene = { policies, policy, account: described, place, resource };
      return {
        publicPull: () => judge('pull', (world) => publicPull(world, place, arn)),
        outsideAccess: async () =>
          sureList(await judge('outside', (world) => outsideAccess(world, place, arn))),
        recovery: () => judge('recovery', (world) => recovery(world, place, arn)),
        pushers: () => doersOf(scene, push),
        deleters: () => doersOf(scene, remove),
      };
    },
  };
}

function isOpen({ entries, doubts }: Sure<Outside>): boolean {
  if (entries.some(({ kind, own }) => kind === 'everyone-signed-in' && !own)) return true;
  if (doubts.length > 0) throw new Inconclusive(doubts.join('; '));
  return false;
}

function publicPull(
  world: World,
  place: Place,
  arn: string,
): ValueOf<RepositoryFacts['publicPull']> {
  const { anyAccount, grantees } = granted(world, place, arn, abilities.pull);
  switch (anyAccount) {
    case 'no':
      return { mode: 'nobody' };
    case 'yes':
      return { mode: 'any-account', how: 'its policy lets in principals of any AWS account' };
    case 'maybe': {
      const doubts = [...new Set(grantees.flatMap(({ undecided }) => undecided))];
      throw new Inconclusive(`whether any AWS account is let in depends on ${doubts.join(', ')}`);
    }
  }
}

function recovery(
  world: World,
  place: Place,
  resource: string,
): ValueOf<RepositoryFacts['recovery']> {
  const { policies } = world;
  const scene = { policies, home: homeOf(place, world), resource, now: place.takenAt };
  return denies(scene, immediateDeletion)
    ? { mode: 'blocked', by: 'a Deny to everybody in its policy' }
    : { mode: 'none' };
}
