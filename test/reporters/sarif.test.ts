import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { locationOf } from '../../src/reporters/sarif/location.ts';
import { sarifParts } from '../../src/reporters/sarif/run.ts';
import { renderSarif } from '../../src/reporters/sarif/sarif.ts';
import { fc } from '../support/search.ts';
import {
  byHand,
  check,
  denied,
  expectGolden,
  finding,
  plain,
  registry,
  rendered,
  report,
  rich,
} from './reports.ts';

// SchemaStore's schema (Apache-2.0), unchanged.
const schema = JSON.parse(
  readFileSync(new URL('../support/sarif-schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const valid = ajv.compile(schema);

const ecr = 'ecr://123456789012/eu-west-1';

/** In: a report. Out: its runs, after everything that every SARIF file must keep to was checked. */
function runsOf(source: Report): Run[] {
  const log: Log = JSON.parse(rendered(renderSarif, source));
  expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
  const ids = log.runs.map(({ automationDetails }) => automationDetails?.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const run of log.runs) wellFormed(run);
  return log.runs;
}

function wellFormed({ tool, results = [], automationDetails }: Run): void {
  expect(automationDetails?.id).toMatch(/^regaudit\/.+\/$/);
  expect(results.length).toBeLessThanOrEqual(5000);
  const { rules = [], notifications = [] } = tool.driver;
  for (const rule of [...rules, ...notifications]) {
    for (const text of [rule.shortDescription?.text, rule.fullDescription?.text]) {
      expect(text?.length).toBeGreaterThan(0);
      expect(text?.length).toBeLessThanOrEqual(1024);
    }
    expect(rule.name?.length).toBeLessThanOrEqual(255);
    expect(rule.help?.text.length).toBeGreaterThan(0);
  }
  for (const { properties } of rules) {
    expect(properties?.tags?.length).toBeLessThanOrEqual(10);
    expect(properties?.tags?.join(' ')).not.toMatch(/cwe|cve/i);
    expect(Number(properties?.['security-severity'])).toBeGreaterThan(0);
  }
  // There are thousands of results, and one assertion for each would take longer than all else.
  expect(results.filter((result) => !isSound(result, rules))).toEqual([]);
  const places = results.map(
    (result) => `${result.ruleId} ${placeOf(result)?.artifactLocation?.uri}`,
  );
  expect(new Set(places).size).toBe(places.length);
}

function placeOf({ locations }: Result) {
  return locations?.[0]?.physicalLocation;
}

function isSound(result: Result, rules: readonly ReportingDescriptor[]): boolean {
  const { ruleId, ruleIndex, message, partialFingerprints } = result;
  const { startLine, startColumn, endLine, endColumn } = placeOf(result)?.region ?? {};
  return (
    rules[ruleIndex ?? -1]?.id === ruleId &&
    message.text !== undefined &&
    message.text.length <= 1024 &&
    [startLine, startColumn, endLine, endColumn].every((number) => number === 1) &&
    /^registries(\/[\w.~%-]+)+$/.test(placeOf(result)?.artifactLocation?.uri ?? '') &&
    /^[0-9a-f]{16}:1$/.test(partialFingerprints?.['primaryLocationLineHash'] ?? '')
  );
}

function resultsOf(source: Report) {
  return runsOf(source).flatMap(({ results = [] }) => results);
}

function uriOf(repository: string): string {
  const place = { provider: 'ecr', registry: ecr, repository, subject: `${ecr}/${repository}` };
  return locationOf(place).physicalLocation?.artifactLocation?.uri ?? '';
}

test('the rich report is written as its golden file', async () => {
  await expectGolden(rendered(renderSarif, rich), 'rich.sarif');
  expect(runsOf(rich)).toHaveLength(4);
});

test('every failure and unknown of a registry that was reached has one result, and nothing else', () => {
  const unreachable = rich.registries.filter(({ reachable }) => !reachable).map(({ id }) => id);
  const expected = [...rich.findings].filter(
    ({ verdict, registry, byHand }) =>
      (verdict === 'fail' || verdict === 'unknown' || byHand.length > 0) &&
      !unreachable.includes(registry),
  );
  const prints = resultsOf(rich).map(
    ({ partialFingerprints }) => partialFingerprints?.['regaudit/v1'],
  );
  expect(prints.sort()).toEqual(expected.map(({ fingerprint }) => fingerprint).sort());
});

test('what is to be checked by hand is for review, with its step, and no gap', () => {
  const place = { registry: ecr, repository: 'team/app' };
  const source = report({ registries: [registry(ecr)], findings: [finding(place, byHand)] });
  const [run] = runsOf(source);
  expect(run?.results).toMatchObject([
    { kind: 'review', level: 'none', message: { text: expect.stringContaining('look at the') } },
  ]);
  expect(run?.invocations?.[0]?.toolExecutionNotifications).toEqual([]);
  expect(run?.properties).toEqual({ coverage: expect.stringMatching(/^evaluated /) });
});

test('a registry that was not reached has no run, so that its alerts stay', () => {
  expect(rendered(renderSarif, rich)).not.toContain('contoso');
  const alone = report({ registries: [registry('acr://a', { reachable: false })] });
  expect(runsOf(alone)).toEqual([]);
});

test('an unknown takes the place of its failure, as open and without a level', () => {
  const place = { registry: ecr, repository: 'team/app' };
  const only = (changes: Partial<Finding>) =>
    resultsOf(report({ registries: [registry(ecr)], findings: [finding(place, changes)] }))[0];
  const failed = only({});
  const unknown = only(denied);
  expect(failed).toMatchObject({ kind: 'fail', level: 'error' });
  expect(unknown).toMatchObject({ kind: 'open', level: 'none' });
  expect(unknown?.message.text).toMatch(/^Unknown: ecr:/);
  for (const key of ['ruleId', 'ruleIndex', 'locations', 'partialFingerprints'] as const) {
    expect(unknown?.[key]).toEqual(failed?.[key]);
  }
});

test('what could not be read is a notification of the rule, once for all subjects', () => {
  const findings = ['a', 'b', 'c'].map((repository) =>
    finding({ registry: ecr, repository }, denied),
  );
  const repositories = { count: 3, complete: true, known: 3 };
  const [run] = runsOf(report({ registries: [registry(ecr, { repositories })], findings }));
  const [invocation] = run?.invocations ?? [];
  expect(invocation?.executionSuccessful).toBe(true);
  expect(invocation?.toolExecutionNotifications).toHaveLength(1);
  expect(invocation?.toolExecutionNotifications?.[0]).toMatchObject({
    level: 'warning',
    associatedRule: { id: 'c', index: 0 },
    message: {
      text: expect.stringMatching(/unknown for 3 subjects.*denied.*ecr:GetLifecyclePolicy/),
    },
  });
});

test.each([
  ['was read whole', { count: 1, complete: true, known: 1 }, true],
  ['was denied', { count: 0, complete: false, known: null }, false],
  ['was cut', { count: 1, complete: false, known: null }, false],
  ['was filtered', { count: 1, complete: true, known: 40 }, true],
])(
  'a registry whose list %s has one run, which is successful if it was whole: %j',
  (_, repositories, successful) => {
    const findings = [
      finding({ registry: ecr, repository: null }),
      finding({ registry: ecr, repository: 'team/app' }),
    ];
    const runs = runsOf(report({ registries: [registry(ecr, { repositories })], findings }));
    expect(
      runs.map(({ automationDetails, results }) => [automationDetails?.id, results?.length]),
    ).toEqual([['regaudit/ecr/123456789012/eu-west-1/', 2]]);
    expect(runs[0]?.invocations?.[0]?.executionSuccessful).toBe(successful);
  },
);

test('beyond five thousand results the least severe checks are joined, and say so', () => {
  const count = 3000;
  const severities = { a: 'critical', b: 'medium', c: 'medium', d: 'low' } as const;
  const names = Object.entries(severities);
  const findings = names.flatMap(([id, severity]) =>
    Array.from({ length: id === 'd' ? 10 : count }, (_, at) =>
      finding(
        { registry: ecr, repository: `r${at}` },
        { check: id, severity, ...(at === 0 ? denied : {}) },
      ),
    ),
  );
  const [run] = runsOf(
    report({
      registries: [registry(ecr, { repositories: { count, complete: true, known: count } })],
      checks: names.map(([id, severity]) => check(id, { severity })),
      findings,
    }),
  );
  const of = (id: string) => (run?.results ?? []).filter(({ ruleId }) => ruleId === id);
  expect(names.map(([id]) => of(id).length)).toEqual([3000, 1, 1, 1]);
  const [joined] = of('b');
  expect(joined).toMatchObject({ kind: 'fail', level: 'warning' });
  expect(joined?.message.text).toContain('2999 failed and 1 unknown');
  const notes = run?.invocations?.[0]?.toolExecutionNotifications?.filter(
    ({ level }) => level === 'note',
  );
  expect(notes?.map(({ associatedRule }) => associatedRule?.id).sort()).toEqual(['b', 'c', 'd']);
});

test('results in several batches all arrive in their own run', () => {
  const registries = [1, 2, 3].map((at) =>
    registry(`ecr://${at}`, { repositories: { count: 4000, complete: true, known: 4000 } }),
  );
  const findings = registries.flatMap(({ id }) =>
    Array.from({ length: 4000 }, (_, at) => finding({ registry: id, repository: `r${at}` })),
  );
  const runs = runsOf(report({ registries, findings }));
  expect(runs.map(({ results }) => results?.length)).toEqual([4000, 4000, 4000]);
});

test('a report of many registries is split so that no file has more than twenty runs', () => {
  const registries = Array.from({ length: 45 }, (_, at) =>
    registry(`ecr://${at}`, { reachable: at % 9 !== 0 }),
  );
  const findings = registries.map(({ id }) => finding({ registry: id, repository: 'r' }));
  const parts = sarifParts(report({ registries, findings })).map(runsOf);
  expect(parts.map((runs) => runs.length)).toEqual([20, 20]);
  expect(parts.flat().flatMap(({ results = [] }) => results)).toHaveLength(40);
});

test('every check that ran is a rule, with controls by framework and related ones only in the help', () => {
  const [run] = runsOf(rich);
  const rules = run?.tool.driver.rules ?? [];
  expect(rules.map(({ id }) => id)).toEqual(rich.checks.map(({ id }) => id));
  expect(rules[0]?.properties?.tags).toEqual([
    'security',
    'container-registry',
    'nist-sp-800-190/4.2.3',
  ]);
  expect(rules[0]?.help?.text).toContain('AC-14 (related, mapped by regaudit)');
});

test('a message cannot smuggle in a link or a placeholder', () => {
  const place = { registry: ecr, repository: 'r' };
  const findings = [finding(place, { message: '[x](https://evil.example) {0} \u202e' })];
  const [result] = resultsOf(report({ registries: [registry(ecr)], findings }));
  expect(result?.message.text).toBe(`${ecr}/r: [x] (https://evil.example) { 0} \ufffd.`);
});

test.each([
  ['a b/%2e%2e/\u202ex', 'a%20b/%252e%252e/%E2%80%AEx'],
  ['../../etc', '~../~../etc'],
  ['a//b', 'a/~/b'],
  ['host:8443', 'host%3A8443'],
  ['half \ud800', 'half%20%EF%BF%BD'],
])('the repository %j is at %s', (name, path) => {
  expect(uriOf(name)).toBe(`registries/ecr/123456789012/eu-west-1/${path}`);
});

test('two repositories never share a path, and none leaves its registry', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '', '~', '%2e', 'a:b'),
    fc.string({ unit: 'grapheme' }),
  );
  const name = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(uriOf(one) === uriOf(other)).toBe(one === other);
      expect(new URL(uriOf(one), 'https://root.example/').pathname).toBe(`/${uriOf(one)}`);
    }),
  );
});

test('what is exempt has no result, or one that says so; a gap is noted either way', () => {
  const until = { reason: 'moves on', owner: null, until: '2027-01-31', ticket: null };
  const source = report({
    registries: [registry(ecr)],
    findings: [
      finding({ registry: ecr, repository: 'a' }, { suppression: { kind: 'baseline' } }),
      finding(
        { registry: ecr, repository: 'b' },
        { ...denied, suppression: { kind: 'accepted', ...until } },
      ),
      finding({ registry: ecr, repository: 'c' }),
    ],
  });
  const [run] = runsOf(source);
  expect(run?.results?.map(({ suppressions }) => suppressions)).toEqual([undefined]);
  expect(run?.invocations?.[0]?.toolExecutionNotifications).toHaveLength(1);
  const all = JSON.parse(rendered(renderSarif, source, { ...plain, suppressed: true }));
  const [one] = all.runs;
  expect(one.results.map((result: Result) => result.suppressions?.[0]?.justification)).toEqual([
    'in the baseline',
    'accepted until 2027-01-31: moves on',
    undefined,
  ]);
});
