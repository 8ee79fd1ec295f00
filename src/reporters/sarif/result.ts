import type { Result } from 'sarif';
import type { Evidence, Finding, Severity } from '../../model/finding.ts';
import type { CheckSummary } from '../../model/report.ts';
import { exemptionOf } from '../../model/scan-summary.ts';
import { isByHand, stepsText } from '../by-hand.ts';
import { sourcesOf } from '../evidence.ts';
import { safeText } from '../safe-text.ts';
import { locationOf } from './location.ts';
import { levels, mostText } from './rule.ts';
import type { PlannedRun } from './run.ts';

/**
 * An unknown has the rule, place and fingerprint of its failure, so that an alert neither closes nor
 * is replaced because a call was denied. GitHub and GitLab take every result for an alert whatever
 * its `kind`; `open` (level then `none`, by the standard) tells all who read it that nothing was
 * found either way, and the message tells the rest.
 */
function verdictOf(failed: boolean, severity: Severity): Pick<Result, 'kind' | 'level'> {
  return failed ? { kind: 'fail', level: levels[severity] } : { kind: 'open', level: 'none' };
}

/** By the standard: a person has to look. */
const byHandVerdict = { kind: 'review', level: 'none' } as const;

/** In: a failed or unknown finding, or one to check by hand, and its rule's place in the run. Out: its result. */
export function resultOf(finding: Finding, ruleIndex: number): Result {
  const { check, severity, subject, message, evidence, fingerprint } = finding;
  const failed = finding.verdict === 'fail';
  const text = isByHand(finding)
    ? `${subject}: ${stepsText(finding)}. ${message}.`
    : failed
      ? `${subject}: ${message}.${readFrom(evidence)}`
      : `Could not be read: ${subject}: ${message}. It may be right or wrong.`;
  return {
    ruleId: check,
    ruleIndex,
    ...(isByHand(finding) ? byHandVerdict : verdictOf(failed, severity)),
    message: { text: safeMessage(text) },
    locations: [locationOf(finding)],
    partialFingerprints: fingerprints(fingerprint, fingerprint.slice(0, 16)),
    ...suppression(finding),
  };
}

/** Why the policy exempts a finding; GitLab heeds it, GitHub opens an alert all the same. */
function suppression({ suppression }: Finding): Pick<Result, 'suppressions'> {
  if (suppression === null) return {};
  const justification =
    suppression.kind === 'baseline'
      ? 'in the baseline'
      : safeMessage(
          `${exemptionOf[suppression.kind]} until ${suppression.until}: ${suppression.reason}`,
        );
  return { suppressions: [{ kind: 'external', status: 'accepted', justification }] };
}

/** One result for all subjects of a check, at their registry's own place. */
export function joinedResult(
  { id, title, severity }: CheckSummary,
  { registry, counts }: PlannedRun,
  ruleIndex: number,
): Result {
  const { fail, unknown } = counts.get(id) ?? { fail: 0, unknown: 0 };
  const place = {
    provider: registry.provider,
    registry: registry.id,
    repository: null,
    subject: registry.id,
  };
  const hash = stableHash(`${id}\n${registry.id}`);
  const counted = `${fail} failed and ${unknown} could not be read`;
  const wanted = `Wanted: ${title}.`;
  const why = 'Joined into one result because there are more than a code scanning service takes.';
  return {
    ruleId: id,
    ruleIndex,
    ...verdictOf(fail > 0, severity),
    message: { text: safeMessage(`${registry.id}: ${counted}. ${wanted} ${why}`) },
    locations: [locationOf(place)],
    partialFingerprints: fingerprints(hash, hash),
  };
}

function fingerprints(whole: string, short: string): Record<string, string> {
  return { primaryLocationLineHash: `${short}:1`, 'regaudit/v1': whole };
}

function readFrom(evidence: readonly Evidence[]): string {
  const sources = sourcesOf(evidence);
  return sources.length === 0 ? '' : ` Read from ${sources.join(', ')}.`;
}

/** SARIF reads `[text](target)` and `{0}` in a message as a link and a placeholder. */
function safeMessage(text: string): string {
  return safeText(text.replaceAll('](', '] (').replace(/\{(?=\d)/g, '{ '), mostText);
}

/** FNV-1a, 64 bit: tells subjects apart, guards nothing. */
function stableHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
