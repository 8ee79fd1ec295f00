import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  jsonAt,
  maybeBoolean,
  maybeEnum,
  maybeObject,
  maybeObjects,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
} from '../../../decode/fields.ts';
import { isReached, type RetentionRule } from '../../../model/retention.ts';
import { Inconclusive } from '../../facts.ts';
import { everRuns } from './cron.ts';
import { boundedRules, everyRepository, refuseCostly, tagWildcards } from './glob.ts';
import { selector } from './immutability.ts';

/** What a rule of Harbor keeps of the images it selects; everything that no rule keeps is removed. */
export interface KeepRule {
  readonly name: string;
  readonly tags: 'matches' | 'excludes';
  /** Whole-tag wildcards; an image is selected when one of its tags matches one, or none of them. */
  readonly patterns: readonly string[];
  readonly untagged: boolean;
  readonly keeps: RetentionRule['keeps'] | 'everything';
  /** Whether the pull decides: an image that was never pulled is then as old as can be. */
  readonly byPull: boolean;
}

/** getRetention, as it came. Throws when it is another policy than the project names (`retention_id`). */
export function retentionPolicy(raw: unknown, id: string): JsonObject {
  const policy = objectOf(raw, 'the answer');
  if (String(numberAt(policy, 'id')) === id) return policy;
  throw new DecodeError(`the policy is another one than ${id}`);
}

/**
 * getRetention of a project: the rules that run. None: nothing runs, or every rule is disabled. Throws
 * when the policy is of another project.
 */
export function keepRules(policy: JsonObject, project: number): readonly KeepRule[] {
  enumAt(policy, 'algorithm', ['or']);
  if (numberAt(objectAt(policy, 'scope'), 'ref') !== project) {
    throw new DecodeError(`the policy is of another project than ${project}`);
  }
  if (policy['rules'] === undefined) throw new DecodeError('rules is missing, expected a list');
  // Their ids begin with 0, which is left out: they are told by their place, as in the console.
  const rules = boundedRules(maybeObjects(policy, 'rules')).map((rule, index) => ({
    rule,
    name: `rule ${index + 1}`,
  }));
  const enabled = rules.filter(({ rule }) => maybeBoolean(rule, 'disabled') !== true);
  if (!runs(objectAt(policy, 'trigger'))) return [];
  const kept = enabled.flatMap(({ rule, name }) => keepRule(rule, name));
  refuseCostly(kept.flatMap(({ patterns }) => patterns));
  return kept;
}

/** A policy is scheduled only if its kind says so and it has a cron (src/controller/retention). */
function runs(trigger: JsonObject): boolean {
  const kind = trigger['kind'] === '' ? null : maybeEnum(trigger, 'kind', ['Schedule', 'Manual']);
  const settings = maybeObject(trigger, 'settings');
  if (kind !== 'Schedule' || settings === null || settings['cron'] === '') return false;
  const cron = maybeString(settings, 'cron');
  return cron !== null && everRuns(cron);
}

const templates = [
  'always',
  'latestPushedK',
  'latestPulledN',
  'latestActiveK',
  'nDaysSinceLastPush',
  'nDaysSinceLastPull',
  'lastXDays',
] as const;
/** Those that look at the pull alone (src/pkg/retention/policy/rule: dayspl, latestpl). */
const pulled: readonly string[] = ['latestPulledN', 'nDaysSinceLastPull'];

/** One rule; none where it has no selector of tags, without which it keeps nothing (alg/or, New). */
function keepRule(rule: JsonObject, name: string): KeepRule[] {
  enumAt(rule, 'action', ['retain']);
  const scopes = maybeObject(rule, 'scope_selectors');
  for (const scope of scopes === null ? [] : maybeObjects(scopes, 'repository')) {
    const { decoration, pattern } = selector(scope, ['repoMatches', 'repoExcludes']);
    if (decoration !== 'repoMatches' || !everyRepository(pattern)) {
      throw new Inconclusive(`${name} is for some repositories only (${decoration} ${pattern})`);
    }
  }
  const [tags, ...others] = maybeObjects(rule, 'tag_selectors');
  if (tags === undefined) return [];
  if (others.length > 0) {
    throw new Inconclusive(`${name} has ${others.length + 1} selectors of tags at once`);
  }
  const { decoration, pattern } = selector(tags, ['matches', 'excludes']);
  const patterns = tagWildcards(pattern);
  if (patterns === null) throw new Inconclusive(`${name} selects tags by ${pattern}`);
  if (decoration === 'excludes' && patterns.length > 1) {
    throw new Inconclusive(`${name} leaves out several patterns of tags (${pattern})`);
  }
  return [
    {
      name,
      tags: decoration,
      patterns,
      untagged: untagged(tags, decoration),
      keeps: inPractice(kept(rule)),
      byPull: pulled.includes(enumAt(rule, 'template', templates)),
    },
  ];
}

/**
 * Whether the rule selects images without a tag. `untagged` of the extras says so for `matches`, and the
 * opposite for `excludes`; without extras both select them (src/lib/selector/selectors/doublestar).
 */
function untagged(tags: JsonObject, decoration: 'matches' | 'excludes'): boolean {
  const { extras } = tags;
  if (extras === undefined || extras === null || extras === '') return true;
  const stated = maybeBoolean(objectOf(jsonAt(tags, 'extras'), 'extras'), 'untagged') === true;
  return decoration === 'matches' ? stated : !stated;
}

/** What stands in for an amount that is missing, negative or in quotes (policy/rule, New). */
const defaults = {
  latestPushedK: 10,
  latestPulledN: 10,
  latestActiveK: 10,
  nDaysSinceLastPush: 30,
  nDaysSinceLastPull: 30,
  lastXDays: 10,
} as const;

function amountOf(rule: JsonObject, template: keyof typeof defaults): number {
  const params = maybeObject(rule, 'params');
  const amount = params === null ? undefined : params[template];
  const isMissing = amount === undefined || amount === null;
  if (params === null || isMissing || (typeof amount === 'string' && /^\d{1,9}$/.test(amount)))
    return defaults[template];
  const whole = Math.trunc(numberAt(params, template));
  return whole >= 0 ? whole : defaults[template];
}

/** A limit that nothing reaches keeps everything, but for what is never pulled. */
function inPractice(keeps: KeepRule['keeps']): KeepRule['keeps'] {
  if (keeps === 'everything' || isReached(keeps)) return keeps;
  return keeps.mode === 'days' && keeps.since === 'pull' ? keeps : 'everything';
}

/** What is kept stands in `params` under the template's own name (src/pkg/retention/policy/rule). */
function kept(rule: JsonObject): KeepRule['keeps'] {
  const template = enumAt(rule, 'template', templates);
  if (template === 'always') return 'everything';
  const amount = amountOf(rule, template);
  switch (template) {
    case 'latestPushedK':
    case 'latestPulledN':
    case 'latestActiveK':
      return { mode: 'newest', images: amount };
    case 'nDaysSinceLastPush':
    case 'lastXDays':
      return { mode: 'days', days: amount, since: 'push' };
    case 'nDaysSinceLastPull':
      return { mode: 'days', days: amount, since: 'pull' };
  }
}

/** Whether the parameters of garbage collection, as JSON text, ask for this. */
export function askedFor(run: JsonObject, key: 'delete_untagged' | 'dry_run'): boolean {
  return booleanAt(objectOf(jsonAt(run, 'job_parameters'), 'job_parameters'), key);
}
