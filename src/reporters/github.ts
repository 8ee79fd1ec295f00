import { type Finding, type Severity, severities, type VerdictWord } from '../model/finding.ts';
import type { CheckSummary, Report } from '../model/report.ts';
import { isByHand } from './by-hand.ts';
import { coverageText } from './coverage-text.ts';
import { safeLine, safeText } from './safe-text.ts';
import { countsText } from './summary-text.ts';
import { isActive } from './suppression-text.ts';

type Level = 'error' | 'warning' | 'notice';

/** GitHub shows this many annotations of each level per step, and silently drops the others. */
const mostShown = 10;
const longest = 400;

const levels: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

/** The level of an annotation; null: passes and not applicable findings have none. */
const levelOf: Readonly<Record<VerdictWord, ((severity: Severity) => Level) | null>> = {
  fail: (severity) => levels[severity],
  unknown: () => 'warning',
  pass: null,
  'not-applicable': null,
};

/** The failures or the unknowns of one check. */
interface Group {
  readonly first: Finding;
  readonly level: Level;
  count: number;
}

/**
 * Renders workflow commands of GitHub Actions: one annotation per check, the most severe first, up to
 * GitHub's limit, and a final notice with all counts.
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

/** Failures come before unknowns of the same severity, so that unknowns do not crowd them out. */
function groupsOf(findings: Iterable<Finding>): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const level = levelOf[finding.verdict]?.(finding.severity);
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
  const word = verdict === 'fail' ? severity : 'unknown';
  const more = count === 1 ? '' : ` And ${count - 1} more.`;
  const expected = about === undefined ? '' : ` Expected: ${about.title}.`;

  return command(
    level,
    `${word}: ${check}`,
    `${short(subject)}: ${ended(message)}${more}${expected}`,
  );
}

/** With one full stop: a message that quotes a vendor may end with its own. */
function ended(message: string): string {
  return short(message).replace(/[.\s]*$/, '.');
}

function summary(report: Report, left: number): string {
  const { summary: counts, coverage, exitCode, reason, tool } = report;
  const rest = left === 0 ? '' : ` ${left} annotations above GitHub's limit are not shown.`;
  const text = `${countsText(counts)}; ${coverageText(coverage)}. Exit code ${exitCode}: ${ended(reason)}${rest}`;
  return command('notice', tool.name, text);
}

function command(level: Level, title: string, message: string): string {
  const property = escapeData(short(title)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property}::${escapeData(message)}\n`;
}

/** Escapes a message for the runner; `##[` would be a command anywhere in the line. */
function escapeData(text: string): string {
  return safeLine(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function short(text: string): string {
  return safeText(text, longest);
}
