import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { planOf } from '../../src/cli/plan.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';

const someone = { name: 'release', key: 'release.pub' };
const collected = (declared: object, mayPull: boolean, ids = ['recent-images-verified']) =>
  planOf({
    checks: checks.filter(({ id }) => ids.includes(id)),
    expected: { ...nothingDeclared, ...declared },
    ownerTag: undefined,
    mayPull,
  }).repository.has('recentCandidates');

test('signatures are pulled for somebody who is declared, and for nobody else', () => {
  expect(collected({ signers: [someone] }, true)).toBe(true);
  expect(collected({}, true)).toBe(false);
  expect(collected({}, false)).toBe(true);
});

test('provenance needs them once builders are declared', () => {
  const attested = ['recent-images-attested'];
  expect(collected({ builders: [someone] }, true, attested)).toBe(true);
  expect(collected({ builders: [someone] }, false, attested)).toBe(true);
  expect(collected({ signers: [someone] }, true, attested)).toBe(false);
});
