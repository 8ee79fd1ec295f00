import type {
  Change,
  ChangedFinding,
  Difference,
  MovedTag,
  TagChanges,
} from '../../model/difference-schema.ts';
import { changes } from '../../model/difference-schema.ts';
import { exemptionOf } from '../../model/scan-summary.ts';
import type { ReporterOptions } from '../reporter.ts';
import { safeLine } from '../safe-text.ts';
import { isActive, suppressionText } from '../suppression-text.ts';
import { type Page, pageFor, wrap } from '../table/page.ts';

const most = 20;

/** The words for changes, in headings and counts. */
export const words: Readonly<Record<Change, string>> = {
  new: 'new',
  'now-unknown': 'now unknown',
  changed: 'changed',
  'not-judged': 'not scanned again',
  gone: 'gone',
  fixed: 'fixed',
  'now-known': 'now known',
};

/** Renders a diff for terminals: changes by kind, then appeared and vanished places, then counts and exit code. */
export function* renderDifferenceTable(
  difference: Difference,
  options: ReporterOptions,
): Generator<string> {
  const page = pageFor(options);
  for (const line of lines(difference, page)) yield `${safeLine(line)}\n`;
}

function* lines(difference: Difference, page: Page): Generator<string> {
  const { old, new: now, summary, exitCode, reason } = difference;
  yield page.paint.bold(page.text(`${sideText(old)}, against ${sideText(now)}`));
  for (const change of changes) {
    const own = difference.findings.filter((finding) => finding.change === change);
    if (own.length > 0) yield* changeLines(change, own, page);
  }
  yield* tagLines(difference, page);
  yield* placeLines(difference, page);
  yield '';
  yield changes.map((change) => `${summary[change]} ${words[change]}`).join('  ');
  yield* wrap(`Exit code ${exitCode}: ${page.text(reason)}.`, page.width, '');
}

/** Formats the source and time of a side, and whether it is incomplete. */
export function sideText({ from, startedAt, complete }: Difference['old']): string {
  return `${from} of ${startedAt}${complete ? '' : ' (incomplete)'}`;
}

function* changeLines(change: Change, findings: readonly ChangedFinding[], page: Page) {
  yield '';
  yield page.paint.bold(`${words[change].toUpperCase()}  ${findings.length}`);
  const shown = page.verbose ? findings : findings.slice(0, most);
  for (const finding of shown) {
    const { severity, check, subject, after } = finding;
    const mark = page.verdict(after ?? 'unknown', page.mark[after ?? 'unknown']);
    const name = `${page.severity(severity, severity.toUpperCase())}  ${page.text(check)}`;
    yield `  ${mark} ${name}  ${page.text(subject)}`;
    yield* wrap(page.text(storyOf(finding), 1000), page.width, '      ');
  }
  const more = findings.length - shown.length;
  if (more > 0) yield `  ${page.paint.dim(`and ${more} more (-v lists all)`)}`;
}

function* tagLines({ tags }: Difference, page: Page) {
  if (tags === null || (tags.moved.length === 0 && tags.notCompared === 0)) return;
  yield '';
  yield page.paint.bold(`MOVED TAGS  ${tags.moved.length}`);
  const shown = page.verbose ? tags.moved : tags.moved.slice(0, most);
  for (const tag of shown) {
    const severity = page.severity(tag.severity, tag.severity.toUpperCase());
    yield `  ${severity}  ${page.text(`${tag.registry}/${tag.repository}`)}  ${page.text(tag.tag)}`;
    yield* wrap(page.text(tagStory(tag), 1000), page.width, '      ');
  }
  const more = tags.moved.length - shown.length;
  if (more > 0) yield `  ${page.paint.dim(`and ${more} more (-v lists all)`)}`;
  yield `  ${comparedText(tags)}`;
}

const kindText: Readonly<Record<MovedTag['kind'], string>> = {
  immutable: 'immutable by its settings before',
  production: 'a production tag',
  mutable: 'mutable, not declared as a production tag',
  cache: 'of a cache, which follows its upstream',
};

/** Formats a moved tag as `a production tag; sha256:… before; sha256:… now`. */
export function tagStory({ kind, was, is, suppression }: MovedTag): string {
  const label = suppression === null ? '' : ` (${suppressionText(suppression)})`;
  return `${kindText[kind]}; ${shortDigest(was)} before; ${shortDigest(is)} now${label}`;
}

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

/** How many tags were compared, and where not. */
export function comparedText({ compared, notCompared }: TagChanges): string {
  const gap =
    notCompared === 0
      ? ''
      : `; in ${notCompared} repositories none, because a side did not read them`;
  return `${compared} tags compared${gap}`;
}

/** Formats a change as `pass before; every tag is mutable`. */
export function storyOf({
  before,
  after,
  says,
  said,
  suppressedBefore,
  ...finding
}: ChangedFinding): string {
  const was = before === null ? 'not scanned before' : `${before} before`;
  const then = said === null || said === says ? was : `${was}: ${said}`;
  const is = says ?? `${after ?? 'not scanned'} now`;
  const label = isActive(finding) ? '' : ` (${suppressionText(finding.suppression)})`;
  const over =
    suppressedBefore !== null && isActive(finding)
      ? ` (${exemptionOf[suppressedBefore]} before)`
      : '';
  return `${then}; ${is}${label}${over}`;
}

function* placeLines({ registries, repositories }: Difference, page: Page): Generator<string> {
  const name = ({ registry, name: own }: { registry: string; name: string }) =>
    `${registry}/${own}`;
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['REGISTRIES THAT APPEARED', registries.appeared],
    ['REGISTRIES NOT SCANNED AGAIN', registries.vanished],
    ['REPOSITORIES THAT APPEARED', repositories.appeared.map(name)],
    ['REPOSITORIES THAT VANISHED', repositories.vanished.map(name)],
    ['REPOSITORIES NOT READ AGAIN, WHICH MAY STILL EXIST', repositories.unseen.map(name)],
  ];
  for (const [title, names] of groups) {
    if (names.length === 0) continue;
    yield '';
    yield page.paint.bold(`${title}  ${names.length}`);
    const shown = page.verbose ? names : names.slice(0, most);
    for (const one of shown) yield `  ${page.text(one)}`;
    const more = names.length - shown.length;
    if (more > 0) yield `  ${page.paint.dim(`and ${more} more (-v lists all)`)}`;
  }
}
