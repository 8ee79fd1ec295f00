import {
  enumAt,
  type JsonObject,
  jsonAt,
  maybeString,
  maybeStrings,
  numberAt,
  objectAt,
  objectOf,
  objectsAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';

type Retention = ValueOf<RepositoryFacts['retention']>;
type Rule = Extract<Retention, { mode: 'rules' }>['rules'][number];

/**
 * GetLifecyclePolicy. Null: no policy. A stored policy runs; there is neither a disabled nor a dry-run
 * flag (ECR user guide, LifecyclePolicies and lifecycle_policy_parameters).
 */
export function retention(raw: unknown): Retention {
  if (raw === null) return { mode: 'none' };
  const policy = objectOf(jsonAt(objectOf(raw, 'the answer'), 'lifecyclePolicyText'), 'the policy');
  const rules = objectsAt(policy, 'rules');
  if (rules.length === 0) throw new Error('rules is empty, which the API does not accept');
  return { mode: 'rules', rules: rules.map(rule) };
}

function rule(raw: JsonObject): Rule {
  const selection = objectAt(raw, 'selection');
  const selects = enumAt(selection, 'tagStatus', ['tagged', 'untagged', 'any']);
  const action = enumAt(objectAt(raw, 'action'), 'type', ['expire', 'transition']);
  const priority = numberAt(raw, 'rulePriority');
  const description = maybeString(raw, 'description');
  return {
    name: description === null ? `rule ${priority}` : `rule ${priority} (${description})`,
    selects,
    patterns: patterns(selection, selects),
    removes: action === 'expire',
    keeps: keeps(selection),
  };
}

/** Several prefixes or patterns of one rule must all be carried by an image. A prefix is not a wildcard. */
function patterns(selection: JsonObject, selects: Rule['selects']): string[] {
  const prefixes = maybeStrings(selection, 'tagPrefixList').map((prefix) => `${prefix}*`);
  const all = [...prefixes, ...maybeStrings(selection, 'tagPatternList')];
  if (selects === 'tagged' && all.length === 0)
    throw new Error('a rule for tagged images names no tags');
  return all;
}

function keeps(selection: JsonObject): Rule['keeps'] {
  const limit = numberAt(selection, 'countNumber');
  const type = enumAt(selection, 'countType', [
    'imageCountMoreThan',
    'sinceImagePushed',
    'sinceImagePulled',
    'sinceImageTransitioned',
  ]);
  if (type === 'imageCountMoreThan') return { mode: 'newest', images: limit };
  enumAt(selection, 'countUnit', ['days']);
  switch (type) {
    case 'sinceImagePushed':
      return { mode: 'days', days: limit, since: 'push' };
    case 'sinceImagePulled':
      return { mode: 'days', days: limit, since: 'pull' };
    case 'sinceImageTransitioned':
      return { mode: 'days', days: limit, since: 'archive' };
  }
}
