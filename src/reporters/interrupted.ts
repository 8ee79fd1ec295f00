import type { Finding } from '../model/finding.ts';
import type { CheckSummary, Report } from '../model/report.ts';

const check: CheckSummary = {
  id: 'scan-finished',
  subject: 'registry',
  severity: 'high',
  title: 'The scan ran to its end',
  why: 'What had not been read when it ended is in no finding.',
  checklist: [],
  references: [],
  controls: [],
  fix: {},
  verdicts: { fail: 0, unknown: 1, pass: 0, 'not-applicable': 0 },
};

/**
 * For formats that hold findings and nothing else: a scan that was cut off gets one more, unknown,
 * because registries that were not begun are in none. Any other report stays as it is.
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
