import type { Finding, Standing } from '../../model/finding.ts';
import { type Page, wrap } from './page.ts';

/** What is waived, in the baseline or accepted, one by one, and who answers for it. */
export function* exemptLines(findings: Iterable<Finding>, page: Page): Generator<string> {
  let begun = false;
  for (const { check, subject, message, verdict, standing } of findings) {
    if (standing.mode === 'active') continue;
    if (!begun) yield* ['', page.paint.bold('EXCEPTIONS')];
    begun = true;
    const what = `${page.text(check)}  ${page.text(subject)}`;
    yield* wrap(`${page.mark[verdict]} ${what}`, page.width, '', '    ');
    yield* wrap(page.text(message), page.width, '    ');
    yield* wrap(page.text(answer(standing), 4000), page.width, '    ', '      ');
  }
}

function answer(standing: Exclude<Standing, { mode: 'active' }>): string {
  if (standing.mode === 'baselined') return 'in the baseline';
  const { mode, reason, owner, until, ticket } = standing;
  const by = [owner, ticket].filter((one) => one !== null).join(', ');
  return `${mode} until ${until}: ${reason}${by === '' ? '' : ` (${by})`}`;
}
