import type { ChangedFinding, Difference } from '../../model/difference-schema.ts';
import { type Change, changes } from '../../model/difference-schema.ts';
import { fitting } from '../markdown/fitting.ts';
import { code, details, sentence, table } from '../markdown/text.ts';
import type { ReporterOptions } from '../reporter.ts';
import { comparedText, sideText, storyOf, tagStory, words } from './table.ts';

const mostRows = 50;

/** Changes whose section is open; the others are folded. */
const urgent: ReadonlySet<Change> = new Set(['new', 'now-unknown']);

/** For comments and job summaries, with the same size limit as the report. */
export function* renderDifferenceMarkdown(
  difference: Difference,
  { mostBytes }: ReporterOptions,
): Generator<string> {
  yield* fitting(blocks(difference), mostBytes);
}

function* blocks(difference: Difference): Generator<string> {
  yield headBlock(difference);
  for (const change of changes) {
    const own = difference.findings.filter((finding) => finding.change === change);
    if (own.length > 0) yield changeBlock(change, own);
  }
  yield* tagBlocks(difference);
  yield* placeBlocks(difference);
}

function headBlock({ tool, old, new: now, summary, exitCode, reason }: Difference): string {
  const counts = changes.map((change) => `${summary[change]} ${words[change]}`).join(', ');
  return [
    `## ${tool.name}: ${summary.new} new, ${summary['now-unknown']} now unknown`,
    '',
    `${counts}. Exit code ${exitCode}: ${sentence(reason)}.`,
    '',
    `${sentence(sideText(old))}, against ${sentence(sideText(now))}.`,
  ].join('\n');
}

function changeBlock(change: Change, findings: readonly ChangedFinding[]): string {
  const rows = findings
    .slice(0, mostRows)
    .map((finding) => [
      finding.severity,
      code(finding.check),
      code(finding.subject),
      sentence(storyOf(finding), 600),
    ]);
  const more = findings.length - rows.length;
  const rest = more > 0 ? `\n\n**and ${more} more**` : '';
  const body = `${table(['Severity', 'Check', 'Where', 'Before and now'], rows)}${rest}`;
  const title = `${findings.length} ${words[change]}`;
  return urgent.has(change) ? `### ${title}\n\n${body}` : details(title, body);
}

function* tagBlocks({ tags }: Difference): Generator<string> {
  if (tags === null || (tags.moved.length === 0 && tags.notCompared === 0)) return;
  const rows = tags.moved
    .slice(0, mostRows)
    .map((tag) => [
      tag.severity,
      code(`${tag.registry}/${tag.repository}`),
      code(tag.tag),
      sentence(tagStory(tag), 600),
    ]);
  const more = tags.moved.length - rows.length;
  const rest = more > 0 ? `\n\n**and ${more} more**` : '';
  const list =
    rows.length === 0
      ? ''
      : `${table(['Severity', 'Where', 'Tag', 'Before and now'], rows)}${rest}`;
  const body = `${list}\n\n${sentence(comparedText(tags))}.`.trim();
  const title = `${tags.moved.length} moved tags`;
  const isUrgent = tags.moved.some(({ severity }) => severity !== 'low');
  yield isUrgent ? `### ${title}\n\n${body}` : details(title, body);
}

function* placeBlocks({ registries, repositories }: Difference): Generator<string> {
  const formatRepository = ({ registry, name }: { registry: string; name: string }) =>
    `${registry}/${name}`;
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['registries appeared', registries.appeared],
    ['registries not scanned again', registries.vanished],
    ['repositories appeared', repositories.appeared.map(formatRepository)],
    ['repositories vanished', repositories.vanished.map(formatRepository)],
    [
      'repositories not read again, which may still exist',
      repositories.unseen.map(formatRepository),
    ],
  ];
  for (const [title, names] of groups) {
    if (names.length === 0) continue;
    const shown = names.slice(0, mostRows).map((name) => code(name));
    const more = names.length - shown.length;
    const rest = more > 0 ? ` and ${more} more` : '';
    yield details(`${names.length} ${title}`, `${shown.join(', ')}${rest}`);
  }
}
