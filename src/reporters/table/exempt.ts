import type { Finding } from '../../model/finding.ts';
import { suppressionText } from '../suppression-text.ts';
import { type Page, wrap } from './page.ts';

/** The section of suppressed findings: each with its reason, owner and end. */
export function* exemptLines(findings: Iterable<Finding>, page: Page): Generator<string> {
  let begun = false;
  for (const { check, subject, message, verdict, suppression } of findings) {
    if (suppression === null) continue;
    if (!begun) yield* ['', page.paint.bold('SUPPRESSED')];
    begun = true;
    const what = `${page.text(check)}  ${page.text(subject)}`;
    yield* wrap(`${page.mark[verdict]} ${what}`, page.width, '', '    ');
    yield* wrap(page.text(message), page.width, '    ');
    yield* wrap(page.text(suppressionText(suppression), 4000), page.width, '    ', '      ');
  }
}
