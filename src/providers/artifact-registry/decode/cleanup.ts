import {
  enumAt,
  type JsonObject,
  maybeBoolean,
  maybeEnum,
  maybeObject,
  maybeStrings,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { RetentionRule } from '../../../model/retention.ts';
import { Inconclusive } from '../../facts.ts';

type Retention = ValueOf<RepositoryFacts['retention']>;

/** A cleanup policy. Everything that is set must hold for it to match; KEEP wins over DELETE. */
interface Policy {
  readonly name: string;
  readonly deletes: boolean;
  readonly state: 'tagged' | 'untagged' | 'any';
  readonly tagPrefixes: readonly string[];
  /** Only versions of some packages, or with some digests. */
  readonly narrow: boolean;
  readonly olderThanDays: number | null;
  readonly newerThanDays: number | null;
  readonly keepCount: number | null;
}

/**
 * `cleanupPolicies` and `cleanupPolicyDryRun` of a repository (v1 reference, CleanupPolicy; docs,
 * cleanup-policy). Rules are those that delete, each with what the keeping ones leave of it.
 */
export function retention(repository: JsonObject): Retention {
  const stored = maybeObject(repository, 'cleanupPolicies');
  const policies = stored === null ? [] : Object.entries(stored).map(policy);
  const deleting = policies.filter(({ deletes }) => deletes);
  if (policies.length === 0) return { mode: 'none' };
  if (maybeBoolean(repository, 'cleanupPolicyDryRun') === true) return { mode: 'dry-run' };
  const keeping = policies.filter(({ deletes }) => !deletes);
  return { mode: 'rules', rules: deleting.flatMap((one) => rulesOf(one, keeping)) };
}

function policy([name, raw]: readonly [string, unknown]): Policy {
  const answer = objectOf(raw, `cleanup policy ${name}`);
  const deletes = enumAt(answer, 'action', ['DELETE', 'KEEP']) === 'DELETE';
  const newest = maybeObject(answer, 'mostRecentVersions');
  if (newest !== null) return recent(name, deletes, newest);
  const condition = objectAt(answer, 'condition');
  const tagPrefixes = maybeStrings(condition, 'tagPrefixes');
  const state = stateOf(condition, tagPrefixes);
  if (state === 'untagged' && tagPrefixes.length > 0) {
    throw new Error(`cleanup policy ${name} asks for untagged versions and for tags`);
  }
  return {
    name,
    deletes,
    state,
    tagPrefixes,
    narrow: isNarrow(condition),
    olderThanDays: days(condition, 'olderThan'),
    newerThanDays: days(condition, 'newerThan'),
    keepCount: null,
  };
}

/** `mostRecentVersions` may stand in a KEEP policy only. */
function recent(name: string, deletes: boolean, newest: JsonObject): Policy {
  if (deletes) throw new Error(`cleanup policy ${name} deletes the most recent versions`);
  return {
    name,
    deletes,
    state: 'any',
    tagPrefixes: [],
    narrow: maybeStrings(newest, 'packageNamePrefixes').length > 0,
    olderThanDays: null,
    newerThanDays: null,
    keepCount: numberAt(newest, 'keepCount'),
  };
}

/** Nothing said of tags: any version, for what is not set limits nothing. A tag prefix asks for a tag. */
function stateOf(condition: JsonObject, tagPrefixes: readonly string[]): Policy['state'] {
  const words = ['TAG_STATE_UNSPECIFIED', 'TAGGED', 'UNTAGGED', 'ANY'] as const;
  switch (maybeEnum(condition, 'tagState', words)) {
    case 'TAGGED':
      return 'tagged';
    case 'UNTAGGED':
      return 'untagged';
    case 'ANY':
    case 'TAG_STATE_UNSPECIFIED':
    case null:
      return tagPrefixes.length > 0 ? 'tagged' : 'any';
  }
}

function isNarrow(condition: JsonObject): boolean {
  return ['packageNamePrefixes', 'versionNamePrefixes'].some(
    (key) => maybeStrings(condition, key).length > 0,
  );
}

const durationForm = /^\d{1,12}(\.\d{1,9})?s$/;
const secondsInADay = 24 * 60 * 60;

/** A duration of JSON, `2592000s`, in whole days; null: not set. */
function days(condition: JsonObject, key: string): number | null {
  if (condition[key] === undefined) return null;
  const value = stringAt(condition, key);
  if (!durationForm.test(value)) throw new Error(`${key} is no duration`);
  return Math.floor(Number(value.slice(0, -1)) / secondsInADay);
}

/** One rule for each tag prefix: any of them is enough to match. */
function rulesOf(deleting: Policy, keeping: readonly Policy[]): RetentionRule[] {
  const late = keeping.find(({ olderThanDays }) => olderThanDays !== null);
  if (late !== undefined) {
    throw new Inconclusive(`cleanup policy ${late.name} keeps versions once they are old enough`);
  }
  const partial = keeping.find(({ narrow }) => narrow);
  if (deleting.narrow && partial !== undefined) {
    throw new Inconclusive(
      `cleanup policies ${deleting.name} and ${partial.name} are each for some packages only`,
    );
  }
  const broad = keeping.filter((one) => !one.narrow);
  const ageless = broad.filter((one) => one.newerThanDays === null && one.keepCount === null);
  const spares = ageless
    .filter(({ state }) => state !== 'untagged')
    .flatMap(({ tagPrefixes }) => (tagPrefixes.length === 0 ? ['*'] : tagPrefixes.map(prefix)));
  // What is kept of some packages only takes away the claim that untagged images are cleared.
  const keepsUntagged = [...ageless, ...keeping.filter(isPartial)].some(
    ({ state, tagPrefixes }) => state !== 'tagged' && tagPrefixes.length === 0,
  );
  const selects = isPossible(deleting)
    ? selection(deleting, spares.includes('*'), keepsUntagged)
    : null;
  const rule = {
    name: `cleanup policy ${deleting.name}${deleting.narrow ? ' (some packages only)' : ''}`,
    selects: selects === null ? deleting.state : selects,
    removes: selects !== null,
    keeps: keeps(deleting, broad),
    ...(spares.length === 0 ? {} : { spares }),
  };
  if (deleting.tagPrefixes.length === 0) return [{ ...rule, patterns: [] }];
  return deleting.tagPrefixes.map((start) => ({ ...rule, patterns: [prefix(start)] }));
}

function isPartial({ narrow, newerThanDays, keepCount }: Policy): boolean {
  return narrow && newerThanDays === null && keepCount === null;
}

/** Nothing is older than some days and younger than fewer. */
function isPossible({ name, olderThanDays, newerThanDays }: Policy): boolean {
  if (olderThanDays === null || newerThanDays === null) return true;
  if (olderThanDays === newerThanDays) {
    throw new Inconclusive(`cleanup policy ${name} matches for less than a day, if ever`);
  }
  return olderThanDays < newerThanDays;
}

/**
 * What is left to select; null: nothing. Of a policy for some packages only no claim is made that it
 * clears away untagged images.
 */
function selection(
  { state, narrow }: Policy,
  keepsTagged: boolean,
  keepsUntagged: boolean,
): Policy['state'] | null {
  const untagged = state !== 'tagged' && !keepsUntagged && !narrow;
  const tagged = state !== 'untagged' && !keepsTagged;
  if (tagged && untagged) return 'any';
  if (tagged) return 'tagged';
  return untagged ? 'untagged' : null;
}

/** The newest that are kept of each image, else the age that a version must have. */
function keeps(deleting: Policy, keeping: readonly Policy[]): RetentionRule['keeps'] {
  const counts = keeping.flatMap(({ keepCount }) => (keepCount === null ? [] : [keepCount]));
  if (counts.length > 0) return { mode: 'newest', images: Math.max(...counts) };
  const young = keeping.flatMap(({ newerThanDays, state, tagPrefixes }) =>
    newerThanDays === null ||
    tagPrefixes.length > 0 ||
    (state !== 'any' && state !== deleting.state)
      ? []
      : [newerThanDays],
  );
  const age = deleting.olderThanDays === null ? 0 : deleting.olderThanDays;
  return { mode: 'days', days: Math.max(age, ...young), since: 'push' };
}

/** A prefix as a whole-tag wildcard. A star in it is no wildcard at Google, and no tag has one. */
function prefix(start: string): string {
  return `${start}*`;
}
