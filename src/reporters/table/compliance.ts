import type { Report } from '../../model/report.ts';
import {
  type ControlEvidence,
  caveat,
  type Evidence,
  evidenceTowards,
  evidenceTowardsNone,
  grounds,
} from '../compliance.ts';
import { order, worstOf } from './grid.ts';
import { type Page, plural, wrap } from './page.ts';

const words = { fail: 'fail', unknown: 'unknown', pass: 'pass', 'not-applicable': 'n/a' } as const;

/** The checks that ran, grouped by the controls of one framework. A control has no verdict and no mark. */
export function* complianceLines(
  framework: string,
  { checks }: Report,
  page: Page,
): Generator<string> {
  yield page.paint.bold(page.text(`EVIDENCE TOWARDS ${framework}`));
  yield* wrap(caveat, page.width, '  ');
  const controls = evidenceTowards(framework, checks);
  if (controls.length === 0)
    yield '  No check that ran is evidence towards a control of this framework.';
  for (const control of controls) yield* controlLines(control, page);
  const others = evidenceTowardsNone(framework, checks);
  if (others.length === 0) return;
  yield '';
  const failing = others.filter(({ verdicts }) => verdicts.fail + verdicts.unknown > 0);
  const loud = failing.length === 0 ? '' : `, of which fail or are unknown: ${ids(failing)}`;
  const line = `Checks without a control: ${plural(others.length, 'check')}${loud}`;
  yield* wrap(page.text(line, 4000), page.width, '');
}

function ids(checks: readonly { readonly id: string }[]): string {
  return checks.map(({ id }) => id).join(', ');
}

function* controlLines({ id, version, checks, counts }: ControlEvidence, page: Page) {
  yield '';
  const name = page.paint.bold(page.text(id));
  yield `${name} (${page.text(version)})  ${countsOf(counts, page)}`;
  for (const evidence of checks) yield evidenceLine(evidence, page);
}

function evidenceLine({ check, by }: Evidence, page: Page): string {
  const worst = worstOf(check.verdicts);
  const ground = grounds[by] === '' ? '' : `  ${page.paint.dim(`(${grounds[by]})`)}`;
  const mark = page.verdict(worst, page.mark[worst]);
  return `  ${mark} ${page.text(check.id)}  ${countsOf(check.verdicts, page)}${ground}`;
}

function countsOf(counts: ControlEvidence['counts'], page: Page): string {
  const some = order.filter((verdict) => counts[verdict] > 0);
  if (some.length === 0) return page.verdict('unknown', 'no verdict');
  return some
    .map((verdict) => page.verdict(verdict, `${counts[verdict]} ${words[verdict]}`))
    .join('  ');
}
