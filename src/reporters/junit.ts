import type { Finding, VerdictWord } from '../model/finding.ts';
import type { CheckSummary, Report } from '../model/report.ts';
import { gapsIn, isByHand, isGrantable, stepsText } from './by-hand.ts';
import { coverageText } from './coverage-text.ts';
import { sourcesOf } from './evidence.ts';
import { withInterruption } from './interrupted.ts';
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
    yield testCase(finding, about.get(finding.check));
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

function testCase(finding: Finding, about: CheckSummary | undefined): string {
  const { check, provider, registry, subject, severity, verdict, message, suppression } = finding;
  const classname = `${provider}.${registry.replace(`${provider}://`, '')}`;
  const file = uriOf(finding);
  const head = attributes({ classname, name: `${check} ${subject}`, file, time: '0' });
  const outcome = outcomeOf(finding);
  if (outcome === 'passed') return `    <testcase${head}/>\n`;
  const label = suppressionText(suppression);
  const says = {
    fail: message,
    unknown: message,
    pass: message,
    'not-applicable': `not applicable: ${message}`,
  }[verdict];
  const steps = isByHand(finding) ? `${stepsText(finding)}. ` : '';
  const text = label === '' ? `${steps}${says}` : `${verdict}, ${label}. Message: ${says}`;
  const result = attributes({
    message: text,
    ...(outcome === 'skipped' ? {} : { type: severity }),
  });
  if (outcome === 'skipped') return `    <testcase${head}><skipped${result}/></testcase>\n`;
  const body = bodyOf(finding, about).map((line) => `${escapeXml(line)}\n`);
  return `    <testcase${head}><${outcome}${result}>${body.join('')}</${outcome}></testcase>\n`;
}

function bodyOf(finding: Finding, about?: CheckSummary): string[] {
  const { subject, provider, evidence } = finding;
  const { command, console, terraform, instead } = about?.fix[provider] ?? {};
  const fix = command ?? console ?? terraform ?? instead;
  const missing = gapsIn(finding).flatMap((gap) =>
    isGrantable(gap) ? (gap.permission ?? []) : [],
  );
  return [
    subject,
    ...(about === undefined ? [] : [`Expected: ${about.title}`]),
    ...(evidence.length === 0 ? [] : [`Read from ${sourcesOf(evidence).join(', ')}`]),
    ...(missing.length === 0 ? [] : [`Needs ${[...new Set(missing)].join(', ')}`]),
    ...(fix === undefined ? [] : [`Fix: ${fix}`]),
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

function escapeXml(text: string): string {
  return safeText(text, longest)
    .replace(illegal, '\ufffd')
    .replace(/[&<>"']|(?<=#)#/g, (character) => entities[character] ?? '');
}
