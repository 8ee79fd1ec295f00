import type { Finding } from '../model/finding.ts';
import type { CheckSummary, Report } from '../model/report.ts';

const check: CheckSummary = {
  id: 'scan-finished',
  subject: 'registry',
  severity: 'high',
  impact: 'other',
  title: 'The scan was not interrupted',
  why: 'No finding covers what was not read before the interruption.',
  checklist: [],
  references: [],
  controls: [],
  fix: {},
  verdicts: { fail: 0, unknown: 1, pass: 0, 'not-applicable': 0 },
};

/**
 * Adds one unknown finding to the report of an interrupted scan, for formats that hold only findings:
 * registries that were not started have none. Any other report is returned unchanged.
 */
export function withInterruption(report: Report): Report {
  if (!report.interrupted) return report;
  return {
    ...report,
    checks: [...report.checks, check],
    findings: {
      *[Symbol.iterator]() {
        yield* report.findings;
        yield interruption(report);
      },
    },
  };
}

function interruption({ tool, reason }: Report): Finding {
  return {
    check: check.id,
    provider: tool.name,
    registry: `${tool.name}://scan`,
    repository: null,
    subject: `${tool.name}://scan`,
    owner: null,
    verdict: 'unknown',
    severity: check.severity,
    message: reason,
    evidence: [],
    blocked: [],
    missing: [],
    byHand: [],
    suppression: null,
    fingerprint: check.id,
  };
}
