import { type Finding, type Severity, severities, type VerdictWord } from '../model/finding.ts';
import type { CheckSummary, Report } from '../model/report.ts';
import { isByHand } from './by-hand.ts';
import { coverageText } from './coverage-text.ts';
import { safeLine, safeText } from './safe-text.ts';
import { countsText } from './summary-text.ts';
import { isActive } from './suppression-text.ts';

type Level = 'error' | 'warning' | 'notice';

/** GitHub shows so many of each level per step, and drops the rest without a word. */
const mostShown = 10;
const longest = 400;

const levels: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

/** What an annotation is about. A pass is none. */
const told: Readonly<Record<VerdictWord, ((severity: Severity) => Level) | null>> = {
  fail: (severity) => levels[severity],
  unknown: () => 'warning',
  pass: null,
  'not-applicable': null,
};

/** The failures, or the unknowns, of one check. */
interface Group {
  readonly first: Finding;
  readonly level: Level;
  count: number;
}

/**
 * Workflow commands of GitHub Actions: a digest of one annotation per check, the most severe first,
 * as many as GitHub shows, and a last notice that counts everything, also what has no annotation.
 */
export function* renderGithub(report: Report): Generator<string> {
  const about = new Map(report.checks.map((check) => [check.id, check]));
  const used: Record<Level, number> = { error: 0, warning: 0, notice: 1 };
  let left = 0;
  for (const group of groupsOf(report.findings)) {
    if (used[group.level] === mostShown) {
      left += 1;
      continue;
    }
    used[group.level] += 1;
    yield annotation(group, about.get(group.first.check));
  }
  yield summary(report, left);
}

/** Failures before unknowns of the same severity, so that a long row of unknowns hides none. */
function groupsOf(findings: Iterable<Finding>): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const level = told[finding.verdict]?.(finding.severity);
    if (level === undefined || !isActive(finding) || isByHand(finding)) continue;
    const key = `${finding.verdict}\n${finding.severity}\n${finding.check}`;
    const group = groups.get(key) ?? { first: finding, level, count: 0 };
    groups.set(key, group);
    group.count += 1;
  }
  const rank = ({ first: { severity, verdict } }: Group) =>
    2 * severities.indexOf(severity) + (verdict === 'fail' ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

function annotation({ first, level, count }: Group, about: CheckSummary | undefined): string {
  const { check, severity, subject, message, verdict } = first;
  const word = verdict === 'fail' ? severity : 'not known';
  const more = count === 1 ? '' : ` And ${count - 1} more.`;
  const wanted = about === undefined ? '' : ` Wanted: ${about.title}.`;
  const says = verdict === 'fail' ? message : `could not be read: ${message}`;
  return command(level, `${word}: ${check}`, `${short(subject)}: ${short(says)}.${more}${wanted}`);
}

function summary(report: Report, left: number): string {
  const { summary: counts, coverage, exitCode, reason, tool } = report;
  const rest = left === 0 ? '' : ` ${left} more annotations than GitHub shows are left out.`;
  const text = `${countsText(counts)}; ${coverageText(coverage)}. Exit code ${exitCode}: ${short(reason)}.${rest}`;
  return command('notice', tool.name, text);
}

function command(level: Level, title: string, message: string): string {
  const property = escapeData(short(title)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property}::${escapeData(message)}\n`;
}

/** What a runner reads back in a message; `##[` would be a command anywhere in the line. */
function escapeData(text: string): string {
  return safeLine(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function short(text: string): string {
  return safeText(text, longest);
}
