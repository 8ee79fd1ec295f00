/**
 * The public contract of a check: what `regaudit/check` exports. A check module is pure: it gets the
 * values of the facts it needs and answers `pass` or `fail`; there is no network, file or credential
 * in reach, and no third answer. What could not be read never gets to it.
 */
export { type Cases, cases } from '../engine/cases.ts';
export {
  type Check,
  defineCheck,
  enumerate,
  type Fail,
  fail,
  type KnownFacts,
  type Pass,
  pass,
} from '../engine/check.ts';
export type { Expectations } from '../model/expectations.ts';
export type { Severity } from '../model/finding.ts';
export type { Fix } from '../model/fix.ts';
export { daysBetween } from '../model/instant.ts';
export type { FactName, Subject, Subjects } from '../model/subjects.ts';
export { covers, matches, matchesAny, overlap } from '../model/wildcard.ts';
