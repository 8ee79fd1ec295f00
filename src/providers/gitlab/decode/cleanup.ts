import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeString,
  numberAt,
  objectAt,
} from '../../../decode/fields.ts';
import type { Retention, RetentionRule } from '../../../model/retention.ts';
import { signatureTags } from '../../../model/signature-tag.ts';
import { matches } from '../../../model/wildcard.ts';
import { ruleLanguage } from '../../../oci/tag-expression.ts';
import { Inconclusive } from '../../facts.ts';
import { holds, wildcardOf } from './lock.ts';
import type { Project } from './project.ts';

/** The cleanup policy of a project; null: it has none, and GitLab leaves the field out. */
export interface CleanupPolicy {
  readonly enabled: boolean;
  /** Days; null: age does not count. */
  readonly olderThan: number | null;
  /** Null: numbers do not count. */
  readonly keepNewest: number | null;
  /** Expressions of RE2 that have to match a whole tag; null: no tag is named. */
  readonly removes: string | null;
  readonly keeps: string | null;
}

export function cleanupPolicy({ raw }: Project): CleanupPolicy | null {
  const key = 'container_expiration_policy';
  if (!(key in raw)) return null;
  const policy = objectAt(raw, key);
  // The older name is still answered, and holds where the newer one is null.
  const removes = textIn(policy, 'name_regex_delete');
  return {
    enabled: booleanAt(policy, 'enabled'),
    olderThan: daysIn(policy),
    keepNewest: policy['keep_n'] === null ? null : numberAt(policy, 'keep_n'),
    removes: removes === null ? textIn(policy, 'name_regex') : removes,
    keeps: textIn(policy, 'name_regex_keep'),
  };
}

function textIn(policy: JsonObject, key: string): string | null {
  return policy[key] === '' ? null : maybeString(policy, key);
}

/** `90d`; null and absent are two things. */
function daysIn(policy: JsonObject): number | null {
  const written = policy['older_than'];
  if (written === null) return null;
  const days = /^(\d{1,4})d$/.exec(String(written));
  if (days !== null) return Number(days[1]);
  throw new DecodeError('older_than is no number of days');
}

/** How often a policy runs, in days (docs, cleanup policies). */
const cadences = { '1d': 1, '7d': 7, '14d': 14, '1month': 31, '3month': 92 } as const;
/** Days that a run may be late: policies wait for workers. */
const late = 7;

/** Whether the policy of a project was run when it last was due. `startedAt`, `now`: ISO 8601; null: it never was. */
export function ranLately({ raw }: Project, startedAt: string | null, now: string): boolean {
  if (startedAt === null) return false;
  const words = Object.keys(cadences) as (keyof typeof cadences)[];
  const policy = objectAt(raw, 'container_expiration_policy');
  const days = cadences[enumAt(policy, 'cadence', words)] + late;
  return Date.parse(now) - Date.parse(startedAt) <= days * 86_400_000;
}

/** A tag that no cleanup policy removes (docs, cleanup policies). */
const spared = 'latest';

/**
 * What a policy removes. `wanted`: wildcards of the tags that production deploys. GitLab switches policies
 * off by itself in projects without images, so that off may be nobody's choice.
 */
export function retentionOf(policy: CleanupPolicy | null, wanted: readonly string[]): Retention {
  if (policy === null) return { mode: 'none', because: 'the project has no cleanup policy' };
  const { enabled, olderThan, keepNewest, removes } = policy;
  if (!enabled) return { mode: 'none', because: 'the cleanup policy is switched off' };
  if (removes === null) return { mode: 'none', because: 'the cleanup policy names no tags' };
  if (olderThan === null && keepNewest === null) {
    return { mode: 'none', because: 'the cleanup policy has neither an age nor a number' };
  }
  const language = ruleLanguage(removes);
  if (language === null) throw unread(removes);
  const widest = wildcardOf(removes, 'whole');
  const rule: RetentionRule = {
    name: 'the cleanup policy',
    selects: 'tagged',
    patterns: [widest === null ? prefixOf(removes) : widest].filter((pattern) => pattern !== '*'),
    removes: true,
    // With both, a tag goes when it is beyond the number and older than the days.
    keeps:
      olderThan === null
        ? { mode: 'newest', images: keepNewest as number }
        : { mode: 'days', days: olderThan, since: 'push' },
    spares: sparedBy(policy, wanted),
  };
  return { mode: 'rules', rules: [rule] };
}

/** A wildcard for at least what the expression matches: its plain beginning. */
function prefixOf(expression: string): string {
  const text = expression.replace(/^(?:\^|\\A)/, '');
  const plain = [...text.matchAll(/^(?:[A-Za-z0-9_-]|\\\.)+/g)].join('');
  const rest = text.slice(plain.length);
  // What stands before a quantifier may be missing, and an alternative begins otherwise.
  const sure = /^[*?{]/.test(rest) ? plain.slice(0, -1).replace(/\\$/, '') : plain;
  return text.includes('|') ? '*' : `${sure.replaceAll('\\.', '.')}*`;
}

function sparedBy({ keeps }: CleanupPolicy, wanted: readonly string[]): string[] {
  if (keeps === null) return [spared];
  const language = ruleLanguage(keeps);
  if (language === null) throw unread(keeps);
  const exact = wildcardOf(keeps, 'whole');
  const held = [...wanted, signatureTags].filter((tags) => holds(language.whole, tags));
  return [...new Set([spared, ...(exact === null ? [] : [exact]), ...held])].filter(
    (tags, _, all) => !all.some((other) => other !== tags && matches(other, tags)),
  );
}

function unread(expression: string): Inconclusive {
  return new Inconclusive(
    `which tags the expression ${expression.slice(0, 80)} matches cannot be told here`,
  );
}
