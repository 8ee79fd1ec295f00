import {
  booleanAt,
  enumAt,
  type JsonObject,
  jsonAt,
  maybeBoolean,
  maybeObjects,
  numberAt,
  objectAt,
  objectOf,
  objectsAt,
} from '../../../decode/fields.ts';
import type { RetentionRule } from '../../../model/retention.ts';
import { Inconclusive } from '../../facts.ts';
import { everyRepository, tagWildcards } from './glob.ts';
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

/** GetRetention: the rules that run. None: nothing runs, or every rule is disabled. */
export function keepRules(raw: unknown): readonly KeepRule[] {
  const policy = objectOf(raw, 'the answer');
  enumAt(policy, 'algorithm', ['or']);
  // Their ids begin with 0, which is left out: they are told by their place, as in the console.
  const rules = objectsAt(policy, 'rules').map((rule, index) => ({
    rule,
    name: `rule ${index + 1}`,
  }));
  const enabled = rules.filter(({ rule }) => maybeBoolean(rule, 'disabled') !== true);
  return runs(objectAt(policy, 'trigger'))
    ? enabled.map(({ rule, name }) => keepRule(rule, name))
    : [];
}

/** An empty cron is how a policy is stored that runs by hand alone. */
function runs(trigger: JsonObject): boolean {
  enumAt(trigger, 'kind', ['Schedule']);
  const cron = objectAt(trigger, 'settings')['cron'];
  if (typeof cron === 'string') return cron !== '';
  throw new Error('cron is missing');
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

function keepRule(rule: JsonObject, name: string): KeepRule {
  enumAt(rule, 'action', ['retain']);
  for (const scope of maybeObjects(objectAt(rule, 'scope_selectors'), 'repository')) {
    const { decoration, pattern } = selector(scope, ['repoMatches', 'repoExcludes']);
    if (decoration !== 'repoMatches' || !everyRepository(pattern)) {
      throw new Inconclusive(`${name} is for some repositories only (${decoration} ${pattern})`);
    }
  }
  const [tags, ...others] = objectsAt(rule, 'tag_selectors');
  if (tags === undefined || others.length > 0) {
    throw new Inconclusive(`${name} has not one selector of tags, but ${others.length}`);
  }
  const { decoration, pattern } = selector(tags, ['matches', 'excludes']);
  const patterns = tagWildcards(pattern);
  if (patterns === null) throw new Inconclusive(`${name} selects tags by ${pattern}`);
  if (decoration === 'excludes' && patterns.length > 1) {
    throw new Inconclusive(`${name} leaves out several patterns of tags (${pattern})`);
  }
  return {
    name,
    tags: decoration,
    patterns,
    untagged: untagged(tags, decoration),
    keeps: kept(rule),
    byPull: pulled.includes(enumAt(rule, 'template', templates)),
  };
}

/** Whether images without a tag are selected too: by default those of `matches`, not of `excludes`. */
function untagged(tags: JsonObject, decoration: 'matches' | 'excludes'): boolean {
  const { extras } = tags;
  if (extras === undefined || extras === null || extras === '') return decoration === 'matches';
  return maybeBoolean(objectOf(jsonAt(tags, 'extras'), 'extras'), 'untagged') === true;
}

/** What is kept stands in `params` under the template's own name (src/pkg/retention/policy/rule). */
function kept(rule: JsonObject): KeepRule['keeps'] {
  const template = enumAt(rule, 'template', templates);
  if (template === 'always') return 'everything';
  const amount = numberAt(objectAt(rule, 'params'), template);
  if (amount < 0) throw new Error(`${template} is negative`);
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
