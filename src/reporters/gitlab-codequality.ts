import type { Finding, Severity, VerdictWord } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { isByHand } from './by-hand.ts';
import { withInterruption } from './interrupted.ts';
import { safeJson, safeText } from './safe-text.ts';
import { uriOf } from './sarif/location.ts';
import { suppressionText } from './suppression-text.ts';

const longest = 1000;

const severities: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

/** The widget shows whatever is listed as a problem, so a pass is not. */
const told: Readonly<Record<VerdictWord, ((finding: Finding) => Entry) | null>> = {
  fail: failed,
  unknown,
  pass: null,
  'not-applicable': null,
};

interface Entry {
  readonly severity: string;
  readonly description: string;
}

/**
 * GitLab's Code Quality report: failures and unknowns. What is unknown, waived, baselined or accepted
 * is `info` and says which; it is listed, because what is missing counts as repaired. What is to be
 * checked by hand is no problem of the code and is not listed; the format has no place for counts.
 */
export function* renderGitlabCodeQuality(report: Report): Generator<string> {
  let separator = '[\n';
  for (const finding of withInterruption(report).findings) {
    const entry = told[finding.verdict]?.(finding);
    if (entry === undefined || isByHand(finding)) continue;
    yield separator + safeJson(issueOf(finding, entry));
    separator = ',\n';
  }
  yield separator.startsWith(',') ? '\n]\n' : '[]\n';
}

function issueOf(finding: Finding, { severity, description }: Entry): object {
  const { check, fingerprint } = finding;
  return {
    description: safeText(description, longest),
    check_name: check,
    fingerprint,
    severity,
    location: { path: uriOf(finding), lines: { begin: 1 } },
  };
}

function failed(finding: Finding): Entry {
  const { check, subject, message, severity, suppression } = finding;
  const label = suppressionText(suppression);
  if (label === '')
    return { severity: severities[severity], description: `${check}: ${subject}: ${message}` };
  return { severity: 'info', description: `${check}: ${subject}: ${message} (${label})` };
}

function unknown(finding: Finding): Entry {
  const { check, subject, message, suppression } = finding;
  const label = suppressionText(suppression);
  const description = `${check}: could not be read: ${subject}: ${message}`;
  return {
    severity: 'info',
    description: label === '' ? description : `${description} (${label})`,
  };
}
