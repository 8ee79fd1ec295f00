import type { Finding } from '../../model/finding.ts';
import type { CheckSummary, Report } from '../../model/report.ts';
import { isActive } from '../suppression-text.ts';
import { code, codeBlock, details, sentence, table } from './text.ts';

/** Maximum rows of the table; other formats hold all findings. */
const mostRows = 50;
const mostNames = 3;
const mostFixes = 20;

/** One message of a check for some subjects of one registry. */
interface Row {
  readonly first: Finding;
  readonly names: string[];
  count: number;
}

/** The active failures: their count, and the rows of the table. */
export interface Failing {
  readonly rows: readonly Row[];
  readonly count: number;
  /** How many of them the rows cover. */
  readonly covered: number;
  /** Where each check fails. */
  readonly providers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The table of what fails, the most severe first. */
export function* failingBlocks({ rows, count, covered }: Failing): Generator<string> {
  if (count === 0) return;
  const head = ['Severity', 'Check', 'Where', 'Finding'];
  const more = count > covered ? `\n\n**and ${count - covered} more failures**` : '';
  yield `### Failing\n\n${table(head, rows.map(cells))}${more}`;
}

/** The fixes, one folded section per failing check. */
export function* fixBlocks({ providers }: Failing, { checks }: Report): Generator<string> {
  const about = new Map(checks.map((check) => [check.id, check]));
  const known = [...providers].flatMap(([id, where]) => {
    const check = about.get(id);
    return check === undefined ? [] : [{ check, where }];
  });
  for (const { check, where } of known.slice(0, mostFixes)) yield fixBlock(check, where);
  const more = known.length - mostFixes;
  if (more > 0) yield `${more} more checks fail; \`regaudit explain\` shows their fixes.`;
}

/** Collects the active failures in one pass. */
export function failingOf(findings: Iterable<Finding>): Failing {
  const rows = new Map<string, Row>();
  const providers = new Map<string, Set<string>>();
  let count = 0;
  let covered = 0;
  for (const finding of findings) {
    if (finding.verdict !== 'fail' || !isActive(finding)) continue;
    count += 1;
    const where = providers.get(finding.check) ?? new Set();
    providers.set(finding.check, where.add(finding.provider));
    const key = [finding.check, finding.registry, finding.message].join('\n');
    const row = rows.get(key) ?? { first: finding, names: [], count: 0 };
    if (row.count === 0 && rows.size === mostRows) continue;
    rows.set(key, row);
    row.count += 1;
    covered += 1;
    if (row.names.length < mostNames && finding.repository !== null)
      row.names.push(finding.repository);
  }
  return { rows: [...rows.values()], count, covered, providers };
}

function cells({ first, names, count }: Row): string[] {
  const repositories = names.map((name) => code(name)).join(', ');
  const more = count > Math.max(names.length, 1) ? ` and ${count - names.length} more` : '';
  const where =
    repositories === '' ? code(first.registry) : `${code(first.registry)}: ${repositories}${more}`;
  return [first.severity, code(first.check), where, sentence(first.message)];
}

function fixBlock({ id, title, why, fix }: CheckSummary, providers: ReadonlySet<string>): string {
  const ways = [...providers].flatMap((provider) => {
    const { command, terraform, console, instead } = fix[provider] ?? {};
    if (command !== undefined) return [`${code(provider)}:\n\n${codeBlock(command)}`];
    const said = console ?? instead;
    if (said !== undefined) return [`${code(provider)}: ${sentence(said)}`];
    return terraform === undefined ? [] : [`${code(provider)}:\n\n${codeBlock(terraform)}`];
  });
  const body = [`Expected: ${sentence(title)}.`, sentence(why, 1000), ...ways];
  return details(`How to fix ${htmlText(id)}`, body.join('\n\n'));
}

/** Ids are kebab-case; every other character is removed. */
function htmlText(id: string): string {
  return id.replace(/[^a-z0-9-]/g, '');
}
