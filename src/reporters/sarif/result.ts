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
 * An unknown has the rule, location and fingerprint of its failure, so that a denied call neither closes
 * nor replaces an alert. GitHub and GitLab show every result as an alert whatever its `kind`; `open` (with
 * level `none`, by the standard) means neither pass nor fail, and the message explains it.
 */
function verdictOf(failed: boolean, severity: Severity): Pick<Result, 'kind' | 'level'> {
  return failed ? { kind: 'fail', level: levels[severity] } : { kind: 'open', level: 'none' };
}

/** By the standard, `review` means that a person must check. */
const byHandVerdict = { kind: 'review', level: 'none' } as const;

/** The result of a finding that fails, is unknown or is to be checked by hand. `ruleIndex`: its rule in the run. */
export function resultOf(finding: Finding, ruleIndex: number): Result {
  const { check, severity, subject, owner, message, evidence, fingerprint } = finding;
  const failed = finding.verdict === 'fail';
  const text = isByHand(finding)
    ? `${subject}: ${stepsText(finding)}. ${message}.`
    : failed
      ? `${subject}: ${message}.${readFrom(evidence)}`
      : `Unknown: ${subject}: ${message}. The check neither passes nor fails.`;
  return {
    ruleId: check,
    ruleIndex,
    ...(isByHand(finding) ? byHandVerdict : verdictOf(failed, severity)),
    message: { text: safeMessage(text) },
    locations: [locationOf(finding)],
    partialFingerprints: fingerprints(fingerprint, fingerprint.slice(0, 16)),
    ...suppression(finding),
    ...(owner === null ? {} : { properties: { owner: safeText(owner, mostText) } }),
  };
}

/** The suppression of a finding. GitLab honours it; GitHub opens an alert nevertheless. */
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

/** One result for all subjects of a check, at the location of the registry. */
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
  const counted = `${fail} failed and ${unknown} unknown`;
  const expected = `Expected: ${title}.`;
  const why = 'Joined into one result because there are more than a code scanning service accepts.';
  return {
    ruleId: id,
    ruleIndex,
    ...verdictOf(fail > 0, severity),
    message: { text: safeMessage(`${registry.id}: ${counted}. ${expected} ${why}`) },
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

/** SARIF treats `[text](target)` and `{0}` in a message as a link and a placeholder. */
function safeMessage(text: string): string {
  return safeText(text.replaceAll('](', '] (').replace(/\{(?=\d)/g, '{ '), mostText);
}

/** FNV-1a, 64 bit: identifies, not a security measure. */
function stableHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
