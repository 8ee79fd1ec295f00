import type { Blocked, Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { gapsIn, handSteps, isGrantable } from '../by-hand.ts';
import { isActive, suppressionText } from '../suppression-text.ts';
import { gapKey } from '../table/unknown.ts';
import { code, details, sentence, table } from './text.ts';

const mostGaps = 30;
const mostChecks = 5;
const mostAnsweredFor = 50;

/** One gap: a reason, and the findings that it leaves unknown. */
interface Gap {
  readonly blocked: Blocked;
  readonly registries: Set<string>;
  readonly checks: Set<string>;
  findings: number;
}

/** The unknowns, grouped by missing permission. */
export function* unknownBlocks({ findings }: Report): Generator<string> {
  const gaps = gapsOf(findings);
  if (gaps.length === 0) return;
  const rows = gaps.slice(0, mostGaps).map(cells);
  const more = gaps.length - rows.length;
  const head = ['Missing', 'Why', 'Unknown findings', 'Checks', 'Where'];
  const rest = more > 0 ? `\n\n**and ${more} more**` : '';
  yield `### Unknown\n\n${table(head, rows)}${rest}`;
}

function gapsOf(findings: Iterable<Finding>): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const finding of findings) {
    const { provider, registry, check } = finding;
    for (const blocked of gapsIn(finding)) {
      const key = gapKey(provider, blocked);
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
  const { permission, operation, why, detail, cure } = blocked;
  const parts = [...checks].slice(0, mostChecks).map((check) => code(check));
  const more = checks.size - parts.length;
  const [first = ''] = registries;
  return [
    isGrantable(blocked) && permission !== null
      ? `grant ${code(permission)}`
      : cure === null
        ? code(operation)
        : sentence(cure),
    detail === null ? why : `${why}: ${sentence(detail)}`,
    String(findings),
    more > 0 ? `${parts.join(', ')} and ${more} more` : parts.join(', '),
    registries.size === 1 ? code(first) : `${registries.size} registries`,
  ];
}

/** The steps by hand, with the reason and the checks they cover. */
export function* byHandBlocks({ findings }: Report): Generator<string> {
  const steps = handSteps(findings);
  if (steps.length === 0) return;
  const rows = steps.slice(0, mostGaps).map(({ note, step, checks, registries }) => {
    const [first = ''] = registries;
    return [
      sentence(step),
      sentence(note),
      [...checks].map((check) => code(check)).join(', '),
      registries.size === 1 ? code(first) : `${registries.size} registries`,
    ];
  });
  const more = steps.length - rows.length;
  const rest = more > 0 ? `\n\nand ${more} more` : '';
  yield `### Check by hand\n\n${table(['Step', 'Because', 'Checks', 'Where'], rows)}${rest}`;
}

/** The suppressed failures and unknowns: they keep their verdict and are listed. */
export function* suppressedBlocks({ findings }: Report): Generator<string> {
  const rows: string[][] = [];
  let count = 0;
  for (const finding of findings) {
    if (isActive(finding)) continue;
    count += 1;
    if (rows.length === mostAnsweredFor) continue;
    const { verdict, check, subject, suppression } = finding;
    rows.push([verdict, code(check), code(subject), sentence(suppressionText(suppression))]);
  }
  if (count === 0) return;
  const more = count - rows.length;
  const head = ['Verdict', 'Check', 'Where', 'Suppression'];
  const rest = more > 0 ? `\n\nand ${more} more` : '';
  yield details(`${count} waived, in the baseline or accepted`, `${table(head, rows)}${rest}`);
}
