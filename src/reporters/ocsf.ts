import type { Evidence, Finding, Severity, VerdictWord } from '../model/finding.ts';
import type { Cloud, Place } from '../model/place.ts';
import type { CheckSummary, Control, RegistrySummary, Report } from '../model/report.ts';
import { isByHand, stepsText } from './by-hand.ts';
import { coverageText } from './coverage-text.ts';
import { docsLink } from './docs-link.ts';
import { fixText } from './fix-text.ts';
import { withInterruption } from './interrupted.ts';
import { perTemplate } from './per-template.ts';
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

interface Context {
  readonly about: ReadonlyMap<string, CheckSummary>;
  readonly registries: ReadonlyMap<string, RegistrySummary>;
  readonly now: number;
  readonly coverage: string;
  readonly product: object;
}

/**
 * Renders OCSF Compliance Finding events (class 2003) as JSON Lines, one per finding of every verdict. A
 * suppressed finding has the status Suppressed and keeps its result. Registries of a cloud have the cloud
 * profile.
 */
export function* renderOcsf(source: Report): Generator<string> {
  const report = withInterruption(source);
  const { name, version } = report.tool;
  const context: Context = {
    about: new Map(report.checks.map((check) => [check.id, check])),
    registries: new Map(report.registries.map((registry) => [registry.id, registry])),
    now: Date.parse(report.finishedAt),
    coverage: coverageText(report.coverage),
    product: { name, vendor_name: name, version },
  };
  const shared = perTemplate((finding) => safeJson(sharedOf(finding, context)).slice(1));
  for (const finding of report.findings) {
    yield `${safeJson(ownOf(finding, context)).slice(0, -1)},${shared(finding)}\n`;
  }
}

/** What differs from subject to subject. */
function ownOf(finding: Finding, { about: checks, registries }: Context): object {
  const { check, registry, subject, message, fingerprint } = finding;
  const about = checks.get(check);
  return {
    message: text(`${subject}: ${message}`),
    finding_info: {
      uid: fingerprint,
      title: text(about?.title ?? check),
      ...(about === undefined || !open[finding.verdict] ? {} : { desc: text(about.why) }),
      ...(docsLink(check) === null ? {} : { src_url: docsLink(check) }),
    },
    resources: [resourceOf(finding, registries.get(registry) ?? {})],
  };
}

/** What the findings of one template have in common. */
function sharedOf(finding: Finding, context: Context): object {
  const { check, verdict, suppression, registry } = finding;
  const { about: checks, registries, now, coverage, product } = context;
  const about = checks.get(check);
  const severity = open[verdict] ? severities[finding.severity] : informational;
  const place = registries.get(registry);
  const cloud = place === undefined ? null : cloudOf(place);
  return {
    metadata: {
      product,
      version: schemaVersion,
      ...(cloud === null ? {} : { profiles: ['cloud'] }),
    },
    time: place === undefined ? now : Date.parse(place.takenAt),
    ...(cloud === null ? {} : { cloud }),
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
    compliance: complianceOf(finding, about),
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
    requirements: controls.map((control) => requirementOf(control, open[verdict])),
    checks: [
      {
        uid: check,
        name: text(about?.title ?? check),
        severity_id: severities[severity].id,
        severity: severities[severity].caption,
        ...result,
      },
    ],
  };
}

function standardOf({ framework, version }: Control): string {
  return text(`${framework} ${version}`);
}

/** `NIST SP 800-53 Rev. 5, AC-3: Access Enforcement`; a pass needs the number alone. */
function requirementOf(control: Control, titled: boolean): string {
  const title = titled && control.title !== undefined ? `: ${control.title}` : '';
  return text(`${standardOf(control)}, ${control.id}${title}`);
}

interface CloudId {
  readonly name: string;
  readonly type: string;
  readonly typeId: number;
}

/** The clouds, and what their accounts are in the schema (`account.type_id`). */
const cloudIds: ReadonlyMap<Cloud, CloudId> = new Map([
  ['azure', { name: 'Azure', type: 'Azure Subscription', typeId: 13 }],
  ['gcp', { name: 'GCP', type: 'GCP Project', typeId: 11 }],
  ['aws', { name: 'AWS', type: 'AWS Account', typeId: 10 }],
]);

/** The `cloud` object of the cloud profile; null: the registry is of no cloud. */
function cloudOf({ cloud, account, region }: Place): object | null {
  const id = cloud === undefined ? undefined : cloudIds.get(cloud);
  if (id === undefined) return null;
  const { name, type, typeId } = id;
  return {
    provider: name,
    ...(account === undefined ? {} : { account: { uid: text(account), type, type_id: typeId } }),
    ...(region === undefined ? {} : { region: text(region) }),
  };
}

function resourceOf(
  { provider, registry, repository, subject, owner }: Finding,
  { region }: Place,
): object {
  return {
    uid: subject,
    name: text(repository ?? registry),
    type: repository === null ? 'container registry' : 'container repository',
    namespace: registry,
    ...(region === undefined ? {} : { region: text(region) }),
    ...(owner === null ? {} : { owner: { name: text(owner) } }),
    labels: [`provider:${provider}`],
  };
}

/** The references are the vendor's pages about the setting. */
function remediationOf({ provider, verdict }: Finding, about: CheckSummary | undefined): object {
  const desc = fixText(about, provider);
  if (desc === '' || !open[verdict]) return {};
  return { remediation: { desc, references: about?.fix[provider]?.references ?? [] } };
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
