import type { Fact } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import { join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { type Moment, neverHolds } from './iam/condition.ts';
import { type Principal, principalOf } from './iam/member.ts';
import { type Ability, predefinedAbilities } from './iam/roles.ts';
import type { Layer } from './project.ts';
import type { Shared } from './shared.ts';

/** One way in which somebody has abilities. */
export interface Grant {
  readonly principal: Principal;
  readonly abilities: readonly Ability[];
  /** `roles/artifactregistry.writer on project P` */
  readonly via: string;
  /** Given under a condition that may hold. */
  readonly conditional: boolean;
}

export interface Question {
  readonly moment: Moment;
  /** Whose grants matter; roles of nobody else are asked for. */
  readonly about: (principal: Principal) => boolean;
}

/**
 * Who has which abilities by the policies of some layers. A condition that is not understood counts as
 * met: a list of who may do something must not leave out whom it may let in. Deny policies of IAM are
 * not read: they could only shorten the list.
 */
export async function grantsOf(
  layers: Fact<readonly Layer[]>,
  shared: Shared,
  { moment, about }: Question,
): Promise<Fact<readonly Grant[]>> {
  const bindings = join([layers], (all) =>
    all.flatMap(({ where, policy }) => bound(where, policy)),
  );
  const concerned = join([bindings], (all) =>
    all
      .filter(({ role }) => predefinedAbilities(role)?.length !== 0)
      .filter(({ condition }) => condition === null || !neverHolds(condition, moment))
      .flatMap((binding) => {
        const principals = binding.members.flatMap((member) => principalOf(member) ?? []);
        return { ...binding, principals: principals.filter(about) };
      })
      .filter(({ principals }) => principals.length > 0),
  );
  if (concerned.state !== 'known') return gapOf(concerned);
  const names = [...new Set(concerned.value.map(({ role }) => role))];
  const roles = await Promise.all(names.map(shared.role));
  return join([concerned, ...roles], (all, ...found) => {
    const abilities = new Map(names.map((name, index) => [name, found[index] ?? []]));
    return all.flatMap(({ role, where, condition, principals }) =>
      principals.map((principal) => ({
        principal,
        abilities: abilities.get(role) ?? [],
        via: `${role} on ${where}${condition === null ? '' : ', under a condition'}`,
        conditional: condition !== null,
      })),
    );
  });
}

function bound(where: string, { bindings }: Layer['policy']) {
  return bindings.map((binding) => ({ ...binding, where }));
}

/** Whom a policy can name who is nobody in particular. */
export function isPublic({ kind }: Principal): boolean {
  return kind === 'anyone' || kind === 'everyone-signed-in';
}

export const anybody = () => true;

/** Does the principal belong elsewhere? Null: that cannot be told. */
export type Belonging = (principal: Principal) => boolean | null;

/** Those who hold an ability, each once. `foreign` has the last word on where somebody belongs. */
export function holders(
  grants: readonly Grant[],
  ability: Ability,
  foreign: (principal: Principal) => boolean,
): Identity[] {
  const found = new Map<string, Identity>();
  for (const { principal, abilities, via } of grants) {
    if (!abilities.includes(ability)) continue;
    const { kind, name, about } = principal;
    const before = found.get(name);
    const administrator = abilities.includes('administer') || before?.administrator === true;
    found.set(name, {
      kind,
      name,
      via: before?.via ?? (about === '' ? via : `${via}; ${about}`),
      foreign: foreign(principal),
      administrator,
    });
  }
  return [...found.values()];
}
