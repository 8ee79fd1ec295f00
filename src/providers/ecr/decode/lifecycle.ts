import {
  DecodeError,
  enumAt,
  type JsonObject,
  jsonAt,
  maybeEnum,
  maybeString,
  maybeStrings,
  numberAt,
  objectAt,
  objectOf,
  objectsAt,
} from '../../../decode/fields.ts';
import { effectsOf } from './lifecycle-effects.ts';
import type { LifecycleRule, Retention, RetentionRule } from './lifecycle-rule.ts';

/**
 * GetLifecyclePolicy. Null: no policy. A stored policy runs; there is neither a disabled nor a dry-run
 * flag (ECR user guide, LifecyclePolicies and lifecycle_policy_parameters).
 */
export function retention(raw: unknown): Retention {
  if (raw === null) return { mode: 'none' };
  const policy = objectOf(jsonAt(objectOf(raw, 'the answer'), 'lifecyclePolicyText'), 'the policy');
  return { mode: 'rules', rules: effectsOf(lifecycleRules(policy)) };
}

/** The rules of a policy, highest priority (lowest number) first. */
export function lifecycleRules(policy: JsonObject): readonly LifecycleRule[] {
  const rules = objectsAt(policy, 'rules').map(lifecycleRule);
  if (rules.length === 0) throw new Error('rules is empty, which the API does not accept');
  const priorities = new Set(rules.map(({ priority }) => priority));
  if (priorities.size < rules.length) throw new Error('two rules have the same rulePriority');
  return rules.sort((a, b) => a.priority - b.priority);
}

function lifecycleRule(raw: JsonObject): LifecycleRule {
  const selection = objectAt(raw, 'selection');
  const selects = enumAt(selection, 'tagStatus', ['tagged', 'untagged', 'any']);
  const storageClass = maybeEnum(selection, 'storageClass', ['standard', 'archive']);
  const priority = numberAt(raw, 'rulePriority');
  const description = maybeString(raw, 'description');
  const keeps = keptBy(selection);
  const archive = keeps.mode === 'days' && keeps.since === 'archive';
  if (storageClass !== null && archive !== (storageClass === 'archive'))
    throw new Error(`the countType of rule ${priority} does not suit its storageClass`);
  return {
    priority,
    name: description === null ? `rule ${priority}` : `rule ${priority} (${description})`,
    selects,
    patterns: patternsOf(selection, selects),
    storageClass: archive ? 'archive' : 'standard',
    action: actionOf(raw),
    keeps,
  };
}

function actionOf(raw: JsonObject): LifecycleRule['action'] {
  const action = objectAt(raw, 'action');
  const type = enumAt(action, 'type', ['expire', 'transition']);
  if (type === 'transition') enumAt(action, 'targetStorageClass', ['archive']);
  return type;
}

/** A prefix matches every tag that starts with it. */
function patternsOf(selection: JsonObject, selects: LifecycleRule['selects']): string[] {
  const prefixes = maybeStrings(selection, 'tagPrefixList').map((prefix) => `${prefix}*`);
  const all = [...prefixes, ...maybeStrings(selection, 'tagPatternList')];
  if (selects === 'tagged' && all.length === 0)
    throw new Error('a rule for tagged images names no tags');
  if (selects !== 'tagged' && all.length > 0)
    throw new Error(`a rule for ${selects} images names tags`);
  return all;
}

function keptBy(selection: JsonObject): RetentionRule['keeps'] {
  const limit = numberAt(selection, 'countNumber');
  if (!Number.isInteger(limit) || limit < 1) throw new DecodeError(`countNumber is ${limit}`);
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
