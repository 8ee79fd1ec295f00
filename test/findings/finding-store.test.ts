import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { findingStore } from '../../src/findings/finding-store.ts';
import { type Finding, severities, verdicts } from '../../src/model/finding.ts';
import { emptyFolder } from '../support/run-cli.ts';
import { fc, tries } from '../support/search.ts';

let folder = '';
const atEnd = new Set<() => void>();
beforeEach(() => {
  folder = emptyFolder();
});
const scratch = () => ({ tmpdir: folder, atEnd });

const checks = ['a-check', 'b-check', 'c-check'] as const;

/** A subject is judged once by each check, which may have another severity there. */
const world = fc
  .uniqueArray(fc.stringMatching(/^[a-z\n\u0000é/-]{1,6}$/), { maxLength: 12 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.tuple(
          fc.constant(name),
          fc.array(
            fc.tuple(fc.nat(3), fc.constantFrom(...verdicts), fc.constantFrom(...severities)),
            { minLength: checks.length, maxLength: checks.length },
          ),
        ),
      ),
    ),
  );

function findings(subjects: typeof world extends fc.Arbitrary<infer T> ? T : never): Finding[] {
  return subjects.flatMap(([repository, answers]) =>
    checks.map((check, index) => {
      const [value = 0, verdict = 'fail', severity = 'low'] = answers[index] ?? [];
      const registry = 'ecr://123456789012/eu-west-1';
      return {
        check,
        provider: 'ecr',
        registry,
        repository,
        subject: `${registry}/${repository}`,
        owner: null,
        verdict,
        severity,
        message: `says ${value}`,
        evidence: [
          { fact: 'tagLock', operation: 'Describe', field: null, value: { deep: [value] } },
        ],
        blocked: [],
        missing: [],
        byHand: [],
        suppression: value === 3 ? { kind: 'baseline' } : null,
        fingerprint: `#${check}\n${registry}/${repository}`,
      };
    }),
  );
}

const byHand = (a: Finding, b: Finding) =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  compare(a.check, b.check) ||
  compare(a.subject, b.subject);

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

test('whatever goes in comes out in order, from memory or from disk, as often as asked', () => {
  fc.assert(
    fc.property(world, fc.constantFrom(0, 1, 1000), (given, most) => {
      const all = findings(given);
      const store = findingStore({
        wants: new Set(verdicts),
        values: true,
        fingerprint: (text) => `#${text}`,
        scratch: scratch(),
        most,
      });
      for (const finding of all) store.add(finding);
      const expected = all.toSorted(byHand);
      expect([...store.findings]).toEqual(expected);
      expect([...store.findings]).toEqual(expected);
      store.remove();
    }),
    tries(200),
  );
  expect(readdirSync(folder)).toEqual([]);
});

const one: Finding = {
  check: 'a-check',
  provider: 'ecr',
  registry: 'ecr://1/x',
  repository: null,
  subject: 'ecr://1/x',
  owner: null,
  verdict: 'fail',
  severity: 'high',
  message: 'is bad',
  evidence: [],
  blocked: [],
  missing: [],
  byHand: [],
  suppression: null,
  fingerprint: '',
};

test('findings that differ in one part of their evidence stay apart', () => {
  const store = findingStore({
    wants: new Set(verdicts),
    values: true,
    fingerprint: () => '',
    scratch: scratch(),
  });
  const evidence = (value: unknown) => [{ fact: 'f', operation: 'o', field: null, value }];
  const values = [[], {}, [1], [1, 2], { a: 1 }, { a: 1, b: null }, null, '1', 1, false];
  const given = values.map((value, index) => ({
    ...one,
    subject: `s${index}`,
    owner: null,
    evidence: evidence(value),
  }));
  for (const finding of given) store.add(finding);
  expect([...store.findings]).toEqual(given);
  store.remove();
});

test('the temporary file is private and goes away', () => {
  const store = findingStore({
    wants: new Set(verdicts),
    values: true,
    fingerprint: () => '',
    scratch: scratch(),
    most: 0,
  });
  store.add(one);
  const [name = ''] = readdirSync(folder);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, name, 'findings')).mode & 0o777).toBe(0o600);
  expect(atEnd.size).toBe(1);
  store.remove();
  store.remove();
  expect(atEnd.size).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('no room for temporary files is the user’s to solve', () => {
  const store = findingStore({
    wants: new Set(verdicts),
    values: true,
    fingerprint: () => '',
    scratch: { tmpdir: join(folder, 'nowhere'), atEnd },
    most: 0,
  });
  expect(() => store.add(one)).toThrow('findings cannot be kept in');
});

test('without values, findings that only differ in them are one template', () => {
  const store = findingStore({
    wants: new Set(verdicts),
    values: false,
    fingerprint: () => '',
    scratch: scratch(),
    most: 1,
  });
  const given = [1, 2, 3].map((value) => ({
    ...one,
    subject: `s${value}`,
    owner: null,
    evidence: [{ fact: 'f', operation: 'o', field: null, value }],
  }));
  for (const finding of given) store.add(finding);
  expect(readdirSync(folder)).toEqual([]);
  expect([...store.findings].map(({ evidence }) => evidence)).toEqual(
    given.map(() => [{ fact: 'f', operation: 'o', field: null, value: null }]),
  );
  store.remove();
});
