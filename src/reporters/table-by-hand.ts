import type { Finding } from '../model/finding.ts';
import { handSteps } from './by-hand.ts';
import { type Page, wrap } from './table/page.ts';

const mostSteps = 8;

/** The steps by hand, with the reason and the checks they cover. */
export function* byHandLines(findings: Iterable<Finding>, page: Page): Generator<string> {
  const steps = handSteps(findings);
  if (steps.length === 0) return;
  yield '';
  yield page.paint.bold('CHECK BY HAND');
  const shown = page.verbose ? steps : steps.slice(0, mostSteps);
  for (const { note, step, checks, registries } of shown) {
    yield* wrap(`${page.mark['not-applicable']} ${page.text(step, 1000)}`, page.width, '', '  ');
    const [first = ''] = registries;
    const where = registries.size === 1 ? first : `${registries.size} registries`;
    const about = `${[...checks].join(', ')}, in ${where}: ${note}`;
    yield* wrap(page.text(about, 1000), page.width, '    ');
  }
  const left = steps.length - shown.length;
  if (left > 0) yield page.paint.dim(`  and ${left} more (-v lists all)`);
}
