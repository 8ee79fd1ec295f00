/**
 * The public contract of a check: the exports of `regaudit/check`. A check is a pure function of the values
 * of its facts that returns `pass` or `fail`. It receives no network, file or credential, and never an
 * unknown fact.
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
