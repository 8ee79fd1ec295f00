import type { Fact, Unknown } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { Learnt } from '../../facts.ts';
import type { Binding } from '../decode/iam-policy.ts';
import { type Holding, holding, type Moment } from './iam/condition.ts';
import { mayBePublic, type Principal, principalOf } from './iam/member.ts';
import { type Ability, detourAbilities } from './iam/permissions.ts';
import { predefinedAbilities } from './iam/roles.ts';
import { decoded, settled, valueOr } from './parts.ts';
import type { Layer } from './project.ts';
import type { Shared } from './shared.ts';

/** A grant: a principal, what it can do, and the binding that says so. */
export interface Grant {
  readonly principal: Principal;
  readonly abilities: readonly Ability[];
  /** `roles/artifactregistry.writer on project P` */
  readonly via: string;
  /** Given under a condition that may hold. */
  readonly conditional: boolean;
  /** On which level the binding is set. */
  readonly level: Layer['level'];
}

/** The grants that are surely there, and every reason why there may be more. */
export interface Grants {
  readonly sure: readonly Grant[];
  readonly doubts: readonly Unknown[];
}

/** Whose grants matter; roles of nobody else are asked for. */
export type About = 'anybody' | 'public';

export interface Question {
  readonly moment: Moment;
  readonly about: About;
}

interface Concerned extends Binding {
  readonly layer: Layer;
  readonly here: Holding;
  readonly principals: readonly Principal[];
}

/**
 * The grants of some policies. A condition that cannot be evaluated counts as met: a list of who can do
 * something must not omit a principal that the condition may admit. IAM deny policies are not read: they
 * could only shorten the list.
 */
export async function grantsOf(
  layers: readonly Fact<readonly Layer[]>[],
  shared: Shared,
  question: Question,
): Promise<Grants> {
  const doubts: Unknown[] = [];
  const read = layers.flatMap((fact) => {
    const value = valueOr(fact, doubts);
    return value === null ? [] : value;
  });
  const concerned = read
    .flatMap((layer) => layer.policy.bindings.map((binding) => ({ ...binding, layer })))
    .flatMap((binding) => concernedBy(binding, question, doubts));
  const names = [...new Set(concerned.map(({ role }) => role))];
  const roles = new Map(
    await Promise.all(names.map(async (name) => [name, await shared.role(name)] as const)),
  );
  const unclear = [...roles.values()].flatMap((role) => (role.state === 'unknown' ? [role] : []));
  const sure = concerned.flatMap(({ role, layer, condition, here, principals }) => {
    const found = roles.get(role);
    if (found === undefined || found.state !== 'known') return [];
    return principals.map((principal) => ({
      principal,
      // The condition names another resource, which may be a service account: keep what concerns accounts.
      abilities: here === 'never' ? found.value.filter(isDetour) : found.value,
      via: `${role} on ${layer.where}${condition === null ? '' : underCondition[here]}`,
      conditional: condition !== null && here !== 'now',
      level: layer.level,
    }));
  });
  return { sure, doubts: [...doubts, ...unclear] };
}

const underCondition = {
  now: ', under a condition that holds now',
  maybe: ', under a condition',
  never: ', under a condition',
} as const;

function isDetour(ability: Ability): boolean {
  return detourAbilities.includes(ability);
}

function concernedBy(
  binding: Binding & { readonly layer: Layer },
  { moment, about }: Question,
  doubts: Unknown[],
): Concerned[] {
  const { role, members, condition } = binding;
  if (predefinedAbilities(role)?.length === 0) return [];
  const at = (resource: string): Holding =>
    condition === null ? 'now' : holding(condition, { ...moment, resource });
  if (at('') === 'never') return [];
  const asked = about === 'public' ? members.filter(mayBePublic) : members;
  const principals = asked.flatMap((member) => {
    const found = decoded(binding.layer.read, member, () => principalOf(member), doubts);
    if (found === null) return [];
    return about === 'anybody' || isPublic(found) ? [found] : [];
  });
  return principals.length === 0 ? [] : [{ ...binding, here: at(moment.resource), principals }];
}

/** A value computed from all grants; unknown if one may be missing. */
export function fromAll<T>(
  { sure, doubts }: Grants,
  value: (grants: readonly Grant[]) => T,
): Learnt<T> {
  return settled('GetRole', doubts, () => value(sure), sure);
}

/** `allUsers` and `allAuthenticatedUsers`. */
export function isPublic({ kind }: Principal): boolean {
  return kind === 'anyone' || kind === 'everyone-signed-in';
}

/** Whether the principal belongs to another owner. Null: undecidable. */
export type Belonging = (principal: Principal) => boolean | null;

/** Principals with one of the abilities, each once. `foreign` decides whether they belong to another owner. */
export function holders(
  grants: readonly Grant[],
  wanted: readonly Ability[],
  foreign: (principal: Principal) => boolean,
): Identity[] {
  const found = new Map<string, Identity>();
  for (const { principal, abilities, via } of grants) {
    if (!wanted.some((ability) => abilities.includes(ability))) continue;
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
