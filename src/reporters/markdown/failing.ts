import type { Finding } from '../../model/finding.ts';
import type { CheckSummary, Report } from '../../model/report.ts';
import { isActive } from '../suppression-text.ts';
import { code, codeBlock, details, sentence, table } from './text.ts';

/** Rows of the table; a reader who needs more reads another format. */
const mostRows = 50;
const mostNames = 3;
const mostFixes = 20;

/** What one check says of some subjects of one registry. */
interface Row {
  readonly first: Finding;
  readonly names: string[];
  count: number;
}

/** The failures that nobody answers for, counted and as far as the table goes. */
export interface Failing {
  readonly rows: readonly Row[];
  readonly count: number;
  /** How many of them the rows stand for. */
  readonly told: number;
  /** Where each check fails. */
  readonly providers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The table of what fails, the most severe first. */
export function* failingBlocks({ rows, count, told }: Failing): Generator<string> {
  if (count === 0) return;
  const head = ['Severity', 'Check', 'Where', 'What is'];
  const more = count > told ? `\n\n**and ${count - told} more failures**` : '';
  yield `### Failing\n\n${table(head, rows.map(cells))}${more}`;
}

/** How to put right what fails, a folded part per check. */
export function* fixBlocks({ providers }: Failing, { checks }: Report): Generator<string> {
  const about = new Map(checks.map((check) => [check.id, check]));
  const known = [...providers].flatMap(([id, where]) => {
    const check = about.get(id);
    return check === undefined ? [] : [{ check, where }];
  });
  for (const { check, where } of known.slice(0, mostFixes)) yield fixBlock(check, where);
  const more = known.length - mostFixes;
  if (more > 0) yield `${more} more checks fail; \`regaudit explain\` says how to put them right.`;
}

/** Goes through the findings once. */
export function failingOf(findings: Iterable<Finding>): Failing {
  const rows = new Map<string, Row>();
  const providers = new Map<string, Set<string>>();
  let count = 0;
  let told = 0;
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
    told += 1;
    if (row.names.length < mostNames && finding.repository !== null)
      row.names.push(finding.repository);
  }
  return { rows: [...rows.values()], count, told, providers };
}

function cells({ first, names, count }: Row): string[] {
  const listed = names.map((name) => code(name)).join(', ');
  const more = count > Math.max(names.length, 1) ? ` and ${count - names.length} more` : '';
  const where = listed === '' ? code(first.registry) : `${code(first.registry)}: ${listed}${more}`;
  return [first.severity, code(first.check), where, sentence(first.message)];
}

function fixBlock({ id, title, why, fix }: CheckSummary, providers: ReadonlySet<string>): string {
  const ways = [...providers].flatMap((provider) => {
    const { command, terraform, console, instead } = fix[provider] ?? {};
    const copied = command ?? terraform;
    const said = console ?? instead;
    return [
      ...(copied === undefined ? [] : [`${code(provider)}:\n\n${codeBlock(copied)}`]),
      ...(said === undefined || copied !== undefined
        ? []
        : [`${code(provider)}: ${sentence(said)}`]),
    ];
  });
  const body = [`Wanted: ${sentence(title)}.`, sentence(why, 1000), ...ways];
  return details(`How to put right ${htmlText(id)}`, body.join('\n\n'));
}

/** Ids are kebab-case; anything else a report may hold is left out here. */
function htmlText(id: string): string {
  return id.replace(/[^a-z0-9-]/g, '');
}
