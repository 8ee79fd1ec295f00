import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import controls from '../checks/controls.json' with { type: 'json' };
import { frameworks, topics } from '../checks/topics.ts';
import type { Cases } from '../src/engine/cases.ts';
import type { AnyCheck } from '../src/engine/check.ts';
import { evaluate } from '../src/engine/evaluate.ts';
import { derivedFacts } from '../src/model/derived.ts';
import { type Expectations, nothingDeclared } from '../src/model/expectations.ts';
import { type AnyFact, whys } from '../src/model/fact.ts';
import { registryFacts } from '../src/model/registry.ts';

import { repositoryFacts } from '../src/model/repository.ts';
import type { TSchema } from '../src/model/shape.ts';
import { examplesOf } from './support/schema-examples.ts';

const folder = new URL('../checks/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
const catalogue = await Promise.all(
  files
    .filter((file) => file.endsWith('.cases.ts'))
    .map(async (file) => {
      const module: { default: Cases } = await import(new URL(file, folder).href);
      return { file, ...module.default };
    }),
);

type Row = Cases['rows'][string];

const from = { operation: 'GetSetting' };

/** The facts of a case as a snapshot would hold them, one of them exchanged. */
function facts([values]: Row, exchanged: Readonly<Record<string, AnyFact>> = {}) {
  const known = Object.entries(values).map(([name, value]): [string, AnyFact] => [
    name,
    { state: 'known', value, from },
  ]);
  return { ...Object.fromEntries(known), ...exchanged };
}

function expectations([, , expected]: Row): Expectations {
  return { ...nothingDeclared, now: '2026-01-15T00:00:00Z', repository: '', ...expected };
}

/** A list of which the rest was denied. */
function partOf(value: readonly unknown[]): AnyFact {
  return { state: 'partial', value, from, missing: [{ state: 'unknown', why: 'denied', from }] };
}

/** Entries that the schema of a list allows. */
function entriesOf(subject: AnyCheck['subject'], fact: string): readonly unknown[] {
  const schemas: Readonly<Record<string, TSchema>> =
    subject === 'registry' ? registryFacts : { ...repositoryFacts, ...derivedFacts };
  return examplesOf(schemas[fact]?.['items']);
}

function without<T>(name: string, from: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));
}

it('every check has its cases, and every file its check', () => {
  const checks = files.filter((file) => /^[^/]+\/[^/]+(?<!\.cases)\.ts$/.test(file));
  expect(catalogue.map(({ file }) => file)).toEqual(
    checks.map((file) => file.replace(/\.ts$/, '.cases.ts')).sort(),
  );
  for (const { file, check } of catalogue) {
    expect(file).toMatch(new RegExp(`/${check.id}\\.cases\\.ts$`));
  }
});

describe.each(catalogue)('$check.id', ({ check, rows }) => {
  const all = Object.entries(rows);

  it.each(all)('%s', (_sentence, row) => {
    const verdict = evaluate(check, facts(row), expectations(row), (_check, error) => {
      throw error;
    });
    expect(verdict).toMatchObject({ verdict: row[1] });
    if (verdict.verdict !== 'pass' && verdict.verdict !== 'fail') return;
    expect(verdict.says).toMatch(/^\S.*[^.\s]$/);
    expect(startsSmall(verdict.says, row), verdict.says).toBe(true);
  });

  it('has a case that passes and one that fails', () => {
    expect(new Set(all.map(([, [, verdict]]) => verdict))).toEqual(new Set(['pass', 'fail']));
  });

  it.each(check.needs)('is unknown in every case when %s is, whatever the reason', (need) => {
    for (const [sentence, row] of all) {
      for (const why of whys) {
        const verdict = evaluate(
          check,
          facts(row, { [need]: { state: 'unknown', why, from } }),
          expectations(row),
        );
        expect(verdict, `${sentence}: ${why}`).toEqual({
          verdict: 'unknown',
          blocked: [expect.objectContaining({ fact: need, why })],
          ...(why === 'not-exposed' ? { byHand: [expect.objectContaining({ fact: need })] } : {}),
        });
      }
    }
  });

  it.each(check.needs)('is unknown in every case when %s was not collected', (need) => {
    for (const [sentence, row] of all) {
      const verdict = evaluate(check, without(need, facts(row)), expectations(row));
      expect(verdict, sentence).toMatchObject({
        verdict: 'unknown',
        blocked: [{ fact: need, why: 'not-collected' }],
      });
    }
  });

  it.each(check.needs)('is not applicable in every case where there can be no %s', (need) => {
    const unsupported = { state: 'unsupported', note: 'the platform has none' } as const;
    for (const [sentence, row] of all) {
      const verdict = evaluate(check, facts(row, { [need]: unsupported }), expectations(row));
      expect(verdict, sentence).toEqual({
        verdict: 'not-applicable',
        notes: ['the platform has none'],
      });
    }
  });

  it.each(check.needs)('takes a part of %s for a fail alone, and only where it says so', (need) => {
    for (const [sentence, row] of all.filter(([, [values]]) => Array.isArray(values[need]))) {
      const part = partOf(row[0][need] as readonly unknown[]);
      const verdict = evaluate(check, facts(row, { [need]: part }), expectations(row));
      const fails = row[1] === 'fail' && check.decidedBy.includes(need);
      expect(verdict, sentence).toMatchObject(
        fails
          ? { verdict: 'fail', missing: [{ fact: need, why: 'denied' }] }
          : { verdict: 'unknown', blocked: [{ fact: need, why: 'denied' }] },
      );
    }
  });

  it.each(check.decidedBy)('never fails by an empty part of %s', (need) => {
    for (const [sentence, row] of all) {
      const verdict = evaluate(check, facts(row, { [need]: partOf([]) }), expectations(row));
      expect(verdict.verdict, sentence).toBe('unknown');
    }
  });

  it.each(check.decidedBy)('still fails whatever further entries %s has', (need) => {
    const others = all.flatMap(([, [values]]) => values[need] as readonly unknown[]);
    const more = [...others, ...entriesOf(check.subject, need)];
    for (const [sentence, row] of all.filter(([, [, verdict]]) => verdict === 'fail')) {
      const own = row[0][need] as readonly unknown[];
      const longer = [
        [...own, ...own],
        [...more, ...own],
        [...own, ...more],
        [...own, ...more, ...own, ...more].toReversed(),
        ...more.flatMap((entry) => [
          [entry, ...own],
          [...own, entry],
        ]),
      ];
      for (const value of longer) {
        const verdict = evaluate(check, facts(row, { [need]: partOf(value) }), expectations(row));
        expect(verdict.verdict, `${sentence}: ${JSON.stringify(value)}`).toBe('fail');
      }
    }
  });

  it.each(check.decidedBy)('is unknown when it throws on a part of %s', (need) => {
    const thrown = {
      ...check,
      judge: () => {
        throw new Error('cannot judge');
      },
    };
    for (const [sentence, row] of all) {
      const verdict = evaluate(thrown, facts(row, { [need]: partOf([]) }), expectations(row));
      expect(verdict, sentence).toMatchObject({
        verdict: 'unknown',
        blocked: [{ fact: need, why: 'denied' }],
      });
    }
  });

  it('is never acquitted by an excuse that is not known', () => {
    for (const name of check.mitigatedBy) {
      for (const [sentence, row] of all.filter(([, [, verdict]]) => verdict === 'fail')) {
        const verdict = evaluate(check, without(name, facts(row)), expectations(row));
        expect(verdict.verdict, `${sentence}, without ${name}`).toBe('fail');
      }
    }
  });

  it('is described', () => {
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
    expect(check.why).toMatch(/^[A-Z].*\.$/);
    expect(Object.keys(topics)).toEqual(expect.arrayContaining([...check.topics]));
    for (const link of check.references) expect(link).toMatch(/^https:\/\/[^?\s]+$/);
  });
});

/** A clause without a subject begins small, or with a name or number the facts gave. */
function startsSmall(says: string, [values]: Row): boolean {
  const [first = ''] = says.split(/[\s,:;]/);
  return /^[a-z0-9]/.test(first) || JSON.stringify(values).includes(first) || acronym.test(first);
}

const acronym = /^[A-Z]{3,}$/;

it('the checks that a part can decide are these', () => {
  const decided = catalogue.filter(({ check }) => check.decidedBy.length > 0);
  expect(decided.map(({ check }) => `${check.id} ${check.decidedBy}`).sort()).toEqual([
    'admins-few administrators',
    'broad-tokens-off credentials',
    'build-credentials-safe buildTasks',
    'cross-account-limited outsideAccess',
    'defaults-hardened newRepositories',
    'delete-limited deleters',
    'edge-registries-hardened edgeRegistries',
    'legacy-storage-private legacyStorage',
    'push-limited-to-ci pushers',
    'recent-images-attested recentProvenance',
    'recent-images-clean recentScans',
    'recent-images-scanned recentScans',
    'recent-images-signed recentSignatures',
    'recent-images-verified recentVerified',
    'replication-targets-trusted replicationTargets',
    'scan-exceptions-expire scanExceptions',
    'tokens-expire credentials',
    'upstream-scope-narrow upstreams',
    'upstreams-approved upstreams',
    'webhooks-use-tls webhooks',
  ]);
});

describe('the control mapping', () => {
  it('has an explained topic and a linked framework in every row', () => {
    expect(controls).toHaveLength(502);
    for (const { topic, framework } of controls) {
      expect(topics).toHaveProperty(topic);
      expect(frameworks).toHaveProperty([framework]);
    }
  });

  it('has no topic and no framework that nothing uses', () => {
    expect(new Set(controls.map(({ topic }) => topic))).toEqual(new Set(Object.keys(topics)));
    expect(new Set(controls.map(({ framework }) => framework))).toEqual(
      new Set(Object.keys(frameworks)),
    );
    const judged = new Set(catalogue.flatMap(({ check }) => check.topics));
    expect(judged).toEqual(new Set(Object.keys(topics)));
  });

  it('says who made the mapping, and links without tracking', () => {
    expect(new Set(controls.map(({ by }) => by))).toEqual(
      new Set(['registry', 'vendor', 'related']),
    );
    for (const link of Object.values(frameworks)) expect(link).toMatch(/^https:\/\/[^?\s]+$/);
  });
});
