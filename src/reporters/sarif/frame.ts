import type { Notification, ReportingDescriptor, Run } from 'sarif';
import { factName, whyWords } from '../../model/fact-names.ts';
import type { Report } from '../../model/report.ts';
import { coverageText } from '../coverage-text.ts';
import { safeText } from '../safe-text.ts';
import { mostText, ruleOf } from './rule.ts';
import type { Gap, PlannedRun } from './run.ts';

const home = 'https://github.com/regaudit/regaudit';

const notRead = descriptor(
  'not-read',
  'Setting unknown',
  'A check could not read what it needs, so it neither passes nor fails.',
  'Grant the permission in the message, or find out why the registry did not respond.',
);
const resultsJoined = descriptor(
  'results-joined',
  'Results joined',
  'A check has more results than code scanning services accept, so one result represents all of them.',
  'The JSON report lists every one.',
);
const descriptors = [notRead, resultsJoined];

/** A run without its results. */
export function frameOf(run: PlannedRun, report: Report): Omit<Run, 'results'> {
  const { name, version } = report.tool;
  return {
    tool: {
      driver: {
        name,
        fullName: `${name} ${version}`,
        version,
        semanticVersion: version,
        informationUri: home,
        rules: report.checks.map((check) => ruleOf(check, run.registry.provider)),
        notifications: descriptors,
      },
    },
    automationDetails: { id: run.id },
    properties: { coverage: coverageText(report.coverage) },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: {
      '%SRCROOT%': {
        description: { text: 'A virtual root: paths name registries and repositories, not files.' },
      },
    },
    invocations: [
      {
        // A run without some repositories would close their alerts as fixed. GitHub rejects an upload
        // with executionSuccessful false, and so keeps them. A single denied setting does not need that:
        // its unknown keeps the alert of its failure.
        executionSuccessful: run.registry.repositories.complete,
        startTimeUtc: report.startedAt,
        endTimeUtc: report.finishedAt,
        exitCode: report.exitCode,
        exitCodeDescription: safeText(report.reason),
        toolExecutionNotifications: notificationsOf(run, report),
      },
    ],
  };
}

function notificationsOf({ gaps, joined, counts }: PlannedRun, { checks }: Report): Notification[] {
  const index = new Map(checks.map(({ id }, at) => [id, at]));
  const about = (check: string) => ({ id: check, index: index.get(check) ?? -1 });
  const unknowns = gaps.map((gap) => ({
    descriptor: { id: notRead.id, index: descriptors.indexOf(notRead) },
    associatedRule: about(gap.check),
    level: 'warning' as const,
    message: { text: gapText(gap) },
  }));
  const joins = [...joined].map((check) => {
    const { fail, unknown } = counts.get(check) ?? { fail: 0, unknown: 0 };
    return {
      descriptor: { id: resultsJoined.id, index: descriptors.indexOf(resultsJoined) },
      associatedRule: about(check),
      level: 'note' as const,
      message: { text: `${fail + unknown} results of ${check} were joined into one.` },
    };
  });
  return [...unknowns, ...joins];
}

function gapText({ check, subjects, blocked }: Gap) {
  const { fact, operation, why, permission, detail, cure } = blocked;
  const needs = permission === null ? '' : `, needs ${permission}`;
  const grant = cure === null ? needs : `, ${cure}`;
  const more = detail === null ? '' : `: ${detail}`;
  return safeText(
    `${check} is unknown for ${subjects} ${subjects === 1 ? 'subject' : 'subjects'}: ${factName(fact)} (${operation}: ${whyWords[why]}${grant})${more}`,
    mostText,
  );
}

function descriptor(id: string, short: string, full: string, help: string): ReportingDescriptor {
  return {
    id,
    name: short.replace(/ ([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: short },
    fullDescription: { text: full },
    help: { text: help },
  };
}
