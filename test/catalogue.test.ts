import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { topics } from '../checks/topics.ts';
import { canFail } from '../src/catalogue/offer.ts';
import { treeOf } from '../src/generate/catalogue.ts';
import { collectedFor } from '../src/model/derived.ts';
import { registryFacts } from '../src/model/registry.ts';
import { repositoryFacts } from '../src/model/repository.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { entries, providers, faults } = await treeOf(root);

test('every check and adapter of the tree can be read', () => {
  expect(faults).toEqual([]);
  expect(entries.length).toBeGreaterThan(50);
  expect(providers.length).toBeGreaterThan(4);
});

test('ids are unique, kebab-case and name a good state', () => {
  const ids = entries.map(({ check }) => check.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id) || /ensure|check/.test(id))).toEqual([]);
});

test('every check has examples of both verdicts', () => {
  const poor = entries.filter(({ cases }) => {
    const verdicts = Object.values(cases.rows).map(([, verdict]) => verdict);
    return !verdicts.includes('pass') || !verdicts.includes('fail');
  });
  expect(poor.map(({ check }) => check.id)).toEqual([]);
});

test('the examples beside a check are its own, and no sentence stands twice', () => {
  for (const { check, cases } of entries) {
    expect(cases.check.id).toBe(check.id);
    const sentences = Object.keys(cases.rows).map((sentence) => sentence.toLowerCase());
    expect(new Set(sentences).size, check.id).toBe(sentences.length);
  }
});

test('texts are whole: title without full stop, a reason, https references, known topics', () => {
  for (const { check } of entries) {
    expect(check.title, check.id).toMatch(/^[A-Z].*[^.]$/);
    expect(check.why.length, check.id).toBeGreaterThan(30);
    expect(
      check.references.every((link) => link.startsWith('https://')),
      check.id,
    ).toBe(true);
    expect(
      check.topics.filter((topic) => !(topic in topics)),
      check.id,
    ).toEqual([]);
  }
});

/** What is collected for other ends: `diff` compares it, or it names the owner of a finding. */
const evidence = ['tagDigests', 'labels'];

test('every fact of the model is judged by some check, and every need is a fact', () => {
  const facts = { registry: Object.keys(registryFacts), repository: Object.keys(repositoryFacts) };
  for (const subject of ['registry', 'repository'] as const) {
    const used = new Set(
      entries
        .filter(({ check }) => check.subject === subject)
        .flatMap(({ check }) => [...check.needs, ...check.mitigatedBy].flatMap(collectedFor)),
    );
    const unused = facts[subject].filter((fact) => !used.has(fact));
    expect(unused.filter((fact) => !evidence.includes(fact))).toEqual([]);
    expect([...used].filter((fact) => !facts[subject].includes(fact))).toEqual([]);
  }
});

describe.each(providers)('the fixes of $id', (provider) => {
  const fixes = Object.entries(provider.fixes);

  test('are those of the checks that can fail there', () => {
    const able = entries.filter(({ check }) => canFail(check, provider));
    expect(fixes.map(([id]) => id).sort()).toEqual(able.map(({ check }) => check.id).sort());
  });

  test.each(fixes)('%s says how, at what risk, how to undo it and where to read on', (_id, fix) => {
    const { command, terraform, console, instead, risk, undo, references } = fix;
    expect([command, terraform, console, instead].some((way) => way !== undefined)).toBe(true);
    for (const text of [risk, undo]) expect(text).toMatch(/^\S.*\S$/);
    expect(references.length).toBeGreaterThan(0);
    for (const link of references) expect(link).toMatch(/^https:\/\/[^?\s]+$/);
  });
});

test('no check names a vendor, in its references and comments neither', () => {
  const vendors =
    /\b(?:ecr|aws|amazon|azure|acr|google|gcp|gcloud|harbor|goharbor|docker ?hub|docker|ghcr|github|gitlab|quay|nexus)\b/i;
  const text = (file: string) => readFileSync(join(root, 'checks', file), 'utf8');
  const offenders = entries.filter(({ file }) => vendors.test(text(file)));
  expect(offenders.map(({ check }) => check.id)).toEqual([]);
});

test('operations name a permission or none, and an https page', () => {
  for (const provider of providers) {
    for (const [name, operation] of Object.entries(provider.operations)) {
      expect(operation.doc, name).toMatch(/^https:\/\//);
      expect(operation.permission, name).toMatch(/^$|^[A-Za-z][A-Za-z0-9._:/*-]+$/);
    }
  }
});

test('least privilege names no wildcard action and nothing that pulls or writes', () => {
  const text = readFileSync(join(root, 'src/providers/ecr/least-privilege.json'), 'utf8');
  const actions = (JSON.parse(text) as { Statement: { Action: string[] }[] }).Statement.flatMap(
    ({ Action }) => Action,
  );
  expect(actions.length).toBeGreaterThan(10);
  expect(actions.filter((action) => !/:(Get|Describe|List|BatchGet)[A-Z]/.test(action))).toEqual(
    [],
  );
  expect(
    actions.filter((action) =>
      /\*|BatchGetImage|GetDownloadUrl|GetAuthorizationToken|Import/.test(action),
    ),
  ).toEqual([]);
});
