import type { Finding, VerdictWord } from '../model/finding.ts';
import type { CheckSummary, Report } from '../model/report.ts';
import { gapsIn, isByHand, isGrantable, stepsText } from './by-hand.ts';
import { coverageText } from './coverage-text.ts';
import { docsLink } from './docs-link.ts';
import { sourcesOf } from './evidence.ts';
import { fixText } from './fix-text.ts';
import { withInterruption } from './interrupted.ts';
import { perTemplate } from './per-template.ts';
import { safeText } from './safe-text.ts';
import { uriOf } from './sarif/location.ts';
import { suppressionText } from './suppression-text.ts';

const longest = 2000;

/** The results of a test case; a pass has no element. */
type Outcome = 'failure' | 'error' | 'skipped' | 'passed';

interface Counts {
  tests: number;
  failure: number;
  error: number;
  skipped: number;
}

/** `unknown` maps to `<error>`, which every JUnit reader counts as not passed. */
const outcomes: Readonly<Record<VerdictWord, Outcome>> = {
  fail: 'failure',
  unknown: 'error',
  pass: 'passed',
  'not-applicable': 'skipped',
};

/**
 * Renders JUnit XML in the subset that GitLab, Jenkins and Azure Pipelines share: a suite per check, a test
 * case per finding; the class name is the registry. Suppressed findings are skipped, with the reason. A
 * suite per registry would need all findings in memory.
 */
export function* renderJunit(source: Report): Generator<string> {
  const report = withInterruption(source);
  const about = new Map(report.checks.map((check) => [check.id, check]));
  const { total, suites } = countsOf(report.findings);
  const timestamp = report.startedAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: report.tool.name, ...counted(total), timestamp })}>\n`;
  const coverage = attributes({ name: 'coverage', value: coverageText(report.coverage) });
  const parts = perTemplate((finding) => partsOf(finding, about.get(finding.check)));
  let open: string | null = null;
  for (const finding of report.findings) {
    if (suiteOf(finding) !== open) {
      const first = open === null;
      if (!first) yield '  </testsuite>\n';
      open = suiteOf(finding);
      const counts = suites.get(open) ?? noCounts();
      yield `  <testsuite${attributes({ name: open, ...counted(counts), timestamp })}>\n`;
      if (first) yield `    <properties><property${coverage}/></properties>\n`;
    }
    yield testCase(finding, parts(finding));
  }
  yield `${open === null ? '' : '  </testsuite>\n'}</testsuites>\n`;
}

/** Findings are sorted by severity and check, so a suite is contiguous. */
function suiteOf({ check, severity }: Finding): string {
  return `${check} (${severity})`;
}

function countsOf(findings: Iterable<Finding>) {
  const total = noCounts();
  const suites = new Map<string, Counts>();
  for (const finding of findings) {
    const suite = suites.get(suiteOf(finding)) ?? noCounts();
    suites.set(suiteOf(finding), suite);
    const outcome = outcomeOf(finding);
    for (const counts of [total, suite]) {
      counts.tests += 1;
      if (outcome !== 'passed') counts[outcome] += 1;
    }
  }
  return { total, suites };
}

function noCounts(): Counts {
  return { tests: 0, failure: 0, error: 0, skipped: 0 };
}

function counted({ tests, failure, error, skipped }: Counts): Readonly<Record<string, string>> {
  return {
    tests: String(tests),
    failures: String(failure),
    errors: String(error),
    skipped: String(skipped),
    time: '0',
  };
}

function outcomeOf(finding: Finding): Outcome {
  const { verdict, suppression } = finding;
  return suppression === null && !isByHand(finding) ? outcomes[verdict] : 'skipped';
}

/** A test case around what tells it from others of its template: the subject and its path. */
interface CaseParts {
  readonly classname: string;
  /** From the result to the subject in its text. */
  readonly opening: string;
  readonly closing: string;
  /** Whether the text of the result begins with the subject. */
  readonly named: boolean;
}

function testCase(finding: Finding, { classname, opening, closing, named }: CaseParts): string {
  const { check, subject } = finding;
  const name = escapeXml(`${check} ${subject}`);
  const head = `    <testcase${classname} name="${name}" file="${escapeXml(uriOf(finding))}" time="0"`;
  return `${head}${opening}${named ? escapeXml(subject) : ''}${closing}`;
}

function partsOf(finding: Finding, about: CheckSummary | undefined): CaseParts {
  const { provider, registry, severity, verdict, message, suppression } = finding;
  const classname = attributes({
    classname: `${provider}.${registry.replace(`${provider}://`, '')}`,
  });
  const outcome = outcomeOf(finding);
  if (outcome === 'passed') return { classname, opening: '/>\n', closing: '', named: false };
  const label = suppressionText(suppression);
  const says = verdict === 'not-applicable' ? `not applicable: ${message}` : message;
  const steps = isByHand(finding) ? `${stepsText(finding)}. ` : '';
  const text = label === '' ? `${steps}${says}` : `${verdict}, ${label}. Message: ${says}`;
  const result = attributes({
    message: text,
    ...(outcome === 'skipped' ? {} : { type: severity }),
  });
  if (outcome === 'skipped') {
    const opening = `><skipped${result}/></testcase>\n`;
    return { classname, opening, closing: '', named: false };
  }
  const body = bodyOf(finding, about).map((line) => `\n${escapeXml(line)}`);
  const closing = `${body.join('')}\n</${outcome}></testcase>\n`;
  return { classname, opening: `><${outcome}${result}>`, closing, named: true };
}

/** The text of a result below its subject. */
function bodyOf(
  { check, provider, evidence, ...finding }: Finding,
  about?: CheckSummary,
): string[] {
  const fix = fixText(about, provider);
  const docs = docsLink(check);
  const missing = gapsIn(finding).flatMap((gap) =>
    isGrantable(gap) ? (gap.permission ?? []) : [],
  );
  return [
    ...(about === undefined ? [] : [`Expected: ${about.title}`, `Why: ${about.why}`]),
    ...(evidence.length === 0 ? [] : [`Read from ${sourcesOf(evidence).join(', ')}`]),
    ...(missing.length === 0 ? [] : [`Needs ${[...new Set(missing)].join(', ')}`]),
    ...(fix === '' ? [] : [`Fix: ${fix}`]),
    ...(docs === null ? [] : [`Docs: ${docs}`]),
  ];
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A double # could be a command to a CI that prints the file.
  '#': '&#35;',
};

/** Characters that XML 1.0 cannot hold; `safeText` has already replaced controls and surrogates. */
const illegal = /[\ufffe\uffff]/g;
const special = /[&<>"'#\ufffe\uffff]/;

function escapeXml(text: string): string {
  const safe = safeText(text, longest);
  if (!special.test(safe)) return safe;
  return safe
    .replace(illegal, '\ufffd')
    .replace(/[&<>"']|(?<=#)#/g, (character) => entities[character] ?? '');
}
