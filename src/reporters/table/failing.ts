import type { Finding } from '../../model/finding.ts';
import type { CheckSummary, Report } from '../../model/report.ts';
import { sourcesOf } from '../evidence.ts';
import { type Page, wrap } from './page.ts';

const mostExamples = 10;

/** The failures of one check: messages with their subjects, limited in number but counted. */
interface Failing {
  readonly check: string;
  readonly severity: Finding['severity'];
  readonly sentences: Map<string, Sentence>;
  readonly providers: Set<string>;
  readonly sources: Set<string>;
  count: number;
  shown: number;
}

interface Sentence {
  /** By registry and owner. */
  readonly places: Map<string, Places>;
  count: number;
}

/** The subjects of one registry that have the same owner. */
interface Places {
  readonly registry: string;
  readonly owner: string | null;
  readonly repositories: string[];
}

/** Active failures by check, the most severe first. Keeps the examples of one check in memory at a time. */
export function* failingLines(report: Report, page: Page): Generator<string> {
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  let begun = false;
  for (const group of failing(report.findings, page)) {
    yield '';
    if (!begun) yield page.paint.bold('FAILING');
    begun = true;
    yield* groupLines(group, checks.get(group.check), page);
  }
}

function* failing(findings: Iterable<Finding>, page: Page): Generator<Failing> {
  let group: Failing | undefined;
  for (const finding of findings) {
    if (finding.verdict !== 'fail' || finding.suppression !== null) continue;
    const { check, severity } = finding;
    if (group?.check !== check || group.severity !== severity) {
      if (group !== undefined) yield group;
      group = {
        check,
        severity,
        sentences: new Map(),
        providers: new Set(),
        sources: new Set(),
        count: 0,
        shown: 0,
      };
    }
    note(group, finding, page);
  }
  if (group !== undefined) yield group;
}

function note(group: Failing, finding: Finding, page: Page): void {
  group.count += 1;
  group.providers.add(finding.provider);
  for (const source of sourcesOf(finding.evidence)) group.sources.add(source);
  const room = page.verbose || group.shown < mostExamples;
  const says = page.text(finding.message);
  const sentence = group.sentences.get(says) ?? { places: new Map(), count: 0 };
  if (sentence.count === 0 && !room) return;
  group.sentences.set(says, sentence);
  sentence.count += 1;
  if (!room) return;
  group.shown += 1;
  const { registry, owner, repository } = finding;
  const key = JSON.stringify([registry, owner]);
  const places = sentence.places.get(key) ?? { registry, owner, repositories: [] };
  sentence.places.set(key, places);
  if (repository !== null) places.repositories.push(repository);
}

function* groupLines(
  { check, severity, sentences, providers, sources, count }: Failing,
  about: CheckSummary | undefined,
  page: Page,
): Generator<string> {
  const label = page.severity(severity, `${page.mark.fail} ${severity.toUpperCase()}`);
  yield `${label}  ${page.paint.bold(page.text(check))}  ${count} fail`;
  if (about !== undefined) yield* wrap(`Expected: ${page.text(about.title)}`, page.width, '  ');
  let covered = 0;
  for (const [says, sentence] of sentences) {
    covered += sentence.count;
    yield* sentenceLines(says, sentence, page);
  }
  if (covered < count) yield `  - ${page.paint.dim(more(count - covered))}`;
  if (page.verbose) {
    yield* wrap(page.text(`Read from ${[...sources].join(', ')}`, 1000), page.width, '  ', '    ');
  }
  if (about !== undefined && providers.size > 0)
    yield page.paint.dim(`  How to fix: regaudit explain ${page.text(check)}`);
}

function* sentenceLines(says: string, { places, count }: Sentence, page: Page): Generator<string> {
  yield* wrap(count === 1 ? says : `${says} (${count})`, page.width, '  - ', '    ');
  let shown = 0;
  for (const { registry, owner, repositories } of places.values()) {
    shown += Math.max(repositories.length, 1);
    const names = repositories.map((name) => page.text(name, 120)).join(', ');
    const of = owner === null ? '' : ` (owner: ${page.text(owner, 120)})`;
    const where = `${page.text(registry)}${names === '' ? '' : `: ${names}`}${of}`;
    yield* wrap(where, page.width, '      ', '        ');
  }
  if (shown < count) yield page.paint.dim(`      ${more(count - shown)}`);
}

function more(count: number): string {
  return `and ${count} more (-v lists all)`;
}
