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

/** The widget shows every entry as a problem, so a pass has none. */
const entryOf: Readonly<Record<VerdictWord, ((finding: Finding) => Entry) | null>> = {
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
 * Renders GitLab's Code Quality report: failures and unknowns. Unknown and suppressed findings have the
 * severity `info` and name the reason; they are listed because GitLab counts a missing entry as resolved.
 * Findings to check by hand are not listed. The format has no field for counts.
 */
export function* renderGitlabCodeQuality(report: Report): Generator<string> {
  let separator = '[\n';
  for (const finding of withInterruption(report).findings) {
    const entry = entryOf[finding.verdict]?.(finding);
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
  const description = `${check}: unknown: ${subject}: ${message}`;
  return {
    severity: 'info',
    description: label === '' ? description : `${description} (${label})`,
  };
}
