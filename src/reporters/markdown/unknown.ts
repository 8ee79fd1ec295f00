import type { Why } from '../../model/fact.ts';
import type { Blocked, Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { isActive, standingText } from '../suppression-text.ts';
import { code, details, sentence, table } from './text.ts';

const mostGaps = 30;
const mostChecks = 5;
const mostAnsweredFor = 50;

/** One thing that was asked in vain, and what it leaves unjudged. */
interface Gap {
  readonly blocked: Blocked;
  readonly registries: Set<string>;
  readonly checks: Set<string>;
  findings: number;
}

/** What could not be read, by missing permission. */
export function* unknownBlocks({ findings, summary }: Report): Generator<string> {
  if (summary.unknown === 0) return;
  const gaps = gapsOf(findings);
  const rows = gaps.slice(0, mostGaps).map(cells);
  const more = gaps.length - rows.length;
  const head = ['Missing', 'Why', 'Unknown findings', 'Checks', 'Where'];
  const rest = more > 0 ? `\n\n**and ${more} more**` : '';
  yield `### Not known\n\n${table(head, rows)}${rest}`;
}

function gapsOf(findings: Iterable<Finding>): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const { provider, registry, check, blocked: all } of findings) {
    for (const blocked of all) {
      const key = [provider, blocked.why, blocked.permission ?? blocked.operation].join('\n');
      const gap = gaps.get(key) ?? {
        blocked,
        registries: new Set(),
        checks: new Set(),
        findings: 0,
      };
      gaps.set(key, gap);
      gap.registries.add(registry);
      gap.checks.add(check);
      gap.findings += 1;
    }
  }
  return [...gaps.values()];
}

function cells({ blocked, registries, checks, findings }: Gap): string[] {
  const { permission, operation, why, detail } = blocked;
  const named = [...checks].slice(0, mostChecks).map((check) => code(check));
  const more = checks.size - named.length;
  const [first = ''] = registries;
  return [
    grantable(why) && permission !== null ? `grant ${code(permission)}` : code(operation),
    detail === null ? why : `${why}: ${sentence(detail)}`,
    String(findings),
    more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', '),
    registries.size === 1 ? code(first) : `${registries.size} registries`,
  ];
}

function grantable(why: Why): boolean {
  return why === 'denied' || why === 'denied-or-absent';
}

/** Failures and unknowns that somebody answers for: they stay what they are, and are said. */
export function* answeredForBlocks({ findings }: Report): Generator<string> {
  const rows: string[][] = [];
  let count = 0;
  for (const finding of findings) {
    if (isActive(finding)) continue;
    count += 1;
    if (rows.length === mostAnsweredFor) continue;
    const { verdict, check, subject, standing } = finding;
    rows.push([verdict, code(check), code(subject), sentence(standingText(standing))]);
  }
  if (count === 0) return;
  const more = count - rows.length;
  const head = ['Verdict', 'Check', 'Where', 'Standing'];
  const rest = more > 0 ? `\n\nand ${more} more` : '';
  yield details(`${count} waived, in the baseline or accepted`, `${table(head, rows)}${rest}`);
}
