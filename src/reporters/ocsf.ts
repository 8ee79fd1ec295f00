import type { Evidence, Finding, Severity, VerdictWord } from '../model/finding.ts';
import type { CheckSummary, Control, Report } from '../model/report.ts';
import { isByHand, stepsText } from './by-hand.ts';
import { coverageText } from './coverage-text.ts';
import { withInterruption } from './interrupted.ts';
import { referencesOf } from './references.ts';
import { safeJson, safeText } from './safe-text.ts';
import { isActive, suppressionText } from './suppression-text.ts';

/** The schema version of the events; readers of later 1.x versions accept them. */
const schemaVersion = '1.8.0';
const longest = 4000;

interface Id {
  readonly id: number;
  readonly caption: string;
}

const severities: Readonly<Record<Severity, Id>> = {
  critical: { id: 5, caption: 'Critical' },
  high: { id: 4, caption: 'High' },
  medium: { id: 3, caption: 'Medium' },
  low: { id: 2, caption: 'Low' },
};
const informational: Id = { id: 1, caption: 'Informational' };

/** OCSF defines Warning as a check without a result because information was missing. */
const results: Readonly<Record<VerdictWord, Id>> = {
  pass: { id: 1, caption: 'Pass' },
  unknown: { id: 2, caption: 'Warning' },
  fail: { id: 3, caption: 'Fail' },
  'not-applicable': { id: 99, caption: 'Not applicable' },
};

/** To check by hand; the schema has no status for it. */
const manual: Id = { id: 99, caption: 'Manual' };

const open: Readonly<Record<VerdictWord, boolean>> = {
  fail: true,
  unknown: true,
  pass: false,
  'not-applicable': false,
};

/**
 * Renders OCSF Compliance Finding events (class 2003) as JSON Lines, one per finding of every verdict. A
 * suppressed finding has the status Suppressed and keeps its result.
 */
export function* renderOcsf(source: Report): Generator<string> {
  const report = withInterruption(source);
  const about = new Map(report.checks.map((check) => [check.id, check]));
  const read = new Map(report.registries.map(({ id, takenAt }) => [id, Date.parse(takenAt)]));
  const now = Date.parse(report.finishedAt);
  const metadata = metadataOf(report);
  const coverage = coverageText(report.coverage);
  for (const finding of report.findings) {
    const time = read.get(finding.registry) ?? now;
    const event = { metadata, time, ...eventOf(finding, about.get(finding.check), coverage) };
    yield `${safeJson(event)}\n`;
  }
}

function metadataOf({ tool }: Report): object {
  const product = { name: tool.name, vendor_name: tool.name, version: tool.version };
  return { product, version: schemaVersion };
}

function eventOf(finding: Finding, about: CheckSummary | undefined, coverage: string): object {
  const { verdict, subject, message, fingerprint, suppression } = finding;
  const severity = open[verdict] ? severities[finding.severity] : informational;
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200301,
    type_name: 'Compliance Finding: Create',
    severity_id: severity.id,
    severity: severity.caption,
    ...(isActive(finding)
      ? { status_id: 1, status: 'New' }
      : { status_id: 3, status: 'Suppressed', comment: text(suppressionText(suppression)) }),
    message: text(`${subject}: ${message}`),
    finding_info: {
      uid: fingerprint,
      title: text(about?.title ?? finding.check),
      ...(about === undefined ? {} : { desc: text(about.why) }),
    },
    compliance: complianceOf(finding, about),
    resources: [resourceOf(finding)],
    ...remediationOf(finding, about),
    unmapped: { ...unmappedOf(finding), coverage },
  };
}

function complianceOf(finding: Finding, about: CheckSummary | undefined): object {
  const { check, verdict, message, severity, blocked } = finding;
  const { id, caption } = isByHand(finding) ? manual : results[verdict];
  const result = { status_id: id, status: caption };
  // A control that only regaudit maps must not look like a requirement.
  const controls = (about?.controls ?? []).filter(({ by }) => by !== 'related');
  const standards = [...new Set(controls.map(standardOf))];
  return {
    ...result,
    status_details: [
      ...(isByHand(finding) ? [text(stepsText(finding))] : []),
      text(message),
      ...blocked.map(({ why }) => why),
    ],
    control: check,
    standards,
    requirements: controls.map((control) => `${standardOf(control)}, ${control.id}`),
    checks: [
      {
        uid: check,
        name: text(about?.title ?? check),
        severity_id: severities[severity].id,
        severity: severities[severity].caption,
        standards,
        ...result,
      },
    ],
  };
}

function standardOf({ framework, version }: Control): string {
  return text(`${framework} ${version}`);
}

function resourceOf({ provider, registry, repository, subject }: Finding): object {
  return {
    uid: subject,
    name: text(repository ?? registry),
    type: repository === null ? 'container registry' : 'container repository',
    namespace: registry,
    labels: [`provider:${provider}`],
  };
}

function remediationOf({ provider, verdict }: Finding, about: CheckSummary | undefined): object {
  const { command, console, terraform, instead } = about?.fix[provider] ?? {};
  const desc = command ?? console ?? terraform ?? instead;
  if (about === undefined || desc === undefined || !open[verdict]) return {};
  return { remediation: { desc, references: referencesOf(about, [provider]) } };
}

/** Data without a field in the schema; the JSON report holds the values of facts. */
function unmappedOf(finding: Finding): object {
  const { verdict, suppression, evidence, blocked, missing, byHand } = finding;
  const readFrom = evidence.map(({ fact, operation, field }: Evidence) => {
    return { fact, operation, field };
  });
  return { verdict, suppression, evidence: readFrom, blocked, missing, byHand };
}

function text(given: string): string {
  return safeText(given, longest);
}
