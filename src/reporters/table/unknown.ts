import { whyWords } from '../../model/fact-names.ts';
import type { Blocked, Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { gapsIn, isGrantable } from '../by-hand.ts';
import { type Page, wrap } from './page.ts';

const mostChecks = 8;

export const because = whyWords;

/** One gap: a reason, and the checks that it leaves unknown. */
export interface Gap {
  readonly provider: string;
  readonly blocked: Blocked;
  readonly registries: Set<string>;
  readonly checks: Map<string, number>;
}

/** The unknowns by missing permission, the most severe check first. */
export function* unknownLines(report: Report, page: Page): Generator<string> {
  const gaps = gapsOf(report.findings);
  if (gaps.length === 0) return;
  yield '';
  yield page.paint.bold('UNKNOWN');
  for (const gap of gaps) yield* gapLines(gap, report, page);
  yield* permissionLines(gaps, page);
}

/** The gaps of unsuppressed findings, each once, in the order of the findings. */
export function gapsOf(findings: Iterable<Finding>): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const finding of findings) {
    const { provider, registry, check, suppression } = finding;
    if (suppression !== null) continue;
    for (const blocked of gapsIn(finding)) {
      const key = gapKey(provider, blocked);
      const gap = gaps.get(key) ?? { provider, blocked, registries: new Set(), checks: new Map() };
      gaps.set(key, gap);
      gap.registries.add(registry);
      gap.checks.set(check, (gap.checks.get(check) ?? 0) + 1);
    }
  }
  return [...gaps.values()];
}

function* gapLines({ blocked, registries, checks }: Gap, report: Report, page: Page) {
  const { permission, why, detail, cure } = blocked;
  const grant = isGrantable(blocked);
  const head = cure ?? (grant ? `grant ${permission}` : callOf(blocked));
  const mark = page.verdict('unknown', page.mark.unknown);
  const [start = '', ...rest] = wrap(page.text(head, 1000), page.width - 4, '');
  yield `${mark} ${page.paint.bold(start)}${rest.length === 0 ? `: ${because[why]}` : ''}`;
  for (const line of rest) yield `  ${page.paint.bold(line)}`;
  if (rest.length > 0) yield `    ${because[why]}`;
  const [first = ''] = registries;
  const where = registries.size === 1 ? first : `${registries.size} registries`;
  const affects = `affects ${formatChecks(checks, report, page)}, in ${where}`;
  yield* wrap(page.text(affects, 4000), page.width, '    ');
  if (detail === null || head === detail || (grant && !page.verbose)) return;
  yield* wrap(`message: ${page.text(detail)}`, page.width, '    ', '      ');
}

function formatChecks(checks: Gap['checks'], report: Report, page: Page): string {
  const all = checks.size === report.checks.length;
  if (checks.size > mostChecks && !page.verbose) return `${all ? 'all ' : ''}${checks.size} checks`;
  const names = [...checks].map(([check, count]) => (count === 1 ? check : `${check} (${count})`));
  return names.join(', ');
}

/** The missing permissions, one per line, to copy into a policy or role. */
function* permissionLines(gaps: readonly Gap[], page: Page): Generator<string> {
  const missing = new Map<string, Set<string>>();
  for (const { provider, blocked } of gaps) {
    if (blocked.permission === null || !isGrantable(blocked)) continue;
    const permissions = missing.get(provider) ?? new Set();
    missing.set(provider, permissions.add(blocked.permission));
  }
  for (const [provider, permissions] of missing) {
    yield '';
    yield `  To grant (${page.text(provider)}):`;
    for (const permission of permissions) yield `    ${page.text(permission)}`;
  }
}

/** Findings with the same key have the same gap. */
export function gapKey(provider: string, blocked: Blocked): string {
  const { why, permission, cure } = blocked;
  return [provider, why, cure ?? permission ?? callOf(blocked)].join('\n');
}

/** The call that failed; where none was made, why not. */
export function callOf({ operation, detail }: Blocked): string {
  return operation === 'none' && detail !== null ? detail : operation;
}
