import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { secondsOf } from './duration.ts';
import type { Instance } from './instance.ts';

/** Which tags a policy is about, by a regular expression; null: all. */
interface Selection {
  readonly pattern: string | null;
  /** False: those that do not match it. */
  readonly matches: boolean;
}

export interface Immutability extends Selection {
  readonly pattern: string;
}

/** The immutability policies of an organization or a repository. */
export function immutabilityPolicies(raw: unknown): readonly Immutability[] {
  return policiesIn(raw).map((policy) => ({
    pattern: stringAt(policy, 'tagPattern'),
    matches: booleanAt(policy, 'tagPatternMatches'),
  }));
}

export interface Pruning extends Selection {
  readonly name: string;
  readonly keeps:
    | { readonly mode: 'newest'; readonly tags: number }
    | { readonly mode: 'seconds'; readonly seconds: number };
}

/** The auto-prune policies of an organization or a repository. */
export function pruningPolicies(raw: unknown, of: string): readonly Pruning[] {
  return policiesIn(raw).map((policy, index) => pruning(policy, `policy ${index + 1} of ${of}`));
}

/** The policy for every namespace that the configuration has; absent or null: there is none. */
export function defaultPruning({ config }: Instance): readonly Pruning[] {
  const policy = config['DEFAULT_NAMESPACE_AUTOPRUNE_POLICY'];
  if (policy === undefined || policy === null) return [];
  const found = objectAt(config, 'DEFAULT_NAMESPACE_AUTOPRUNE_POLICY');
  if (Object.keys(found).length === 0) return [];
  return [pruning(found, 'the default policy of the instance')];
}

function policiesIn(raw: unknown): readonly JsonObject[] {
  return objectsAt(objectOf(raw, 'the policies'), 'policies');
}

/** Policies from before release 3.13 have no pattern. */
function pruning(policy: JsonObject, name: string): Pruning {
  const method = enumAt(policy, 'method', ['number_of_tags', 'creation_date']);
  const selected = policy['tagPatternMatches'];
  if (selected !== undefined && selected !== null && typeof selected !== 'boolean') {
    throw new DecodeError('tagPatternMatches is not true or false');
  }
  return {
    name,
    pattern: policy['tagPattern'] === '' ? null : maybeString(policy, 'tagPattern'),
    matches: selected !== false,
    keeps:
      method === 'number_of_tags'
        ? { mode: 'newest', tags: numberAt(policy, 'value') }
        : { mode: 'seconds', seconds: secondsOf(stringAt(policy, 'value')) },
  };
}
