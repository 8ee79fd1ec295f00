import { describe, expect, it } from 'vitest';
import { tokensInUse } from '../checks/access/tokens-in-use.ts';
import { type AnyCheck, defineCheck, fail, pass } from '../src/engine/check.ts';
import { evaluate } from '../src/engine/evaluate.ts';
import { nothingDeclared } from '../src/model/expectations.ts';

/*
 * What the compiler refuses of a check: an expected error that does not come fails `tsc`, which is
 * part of `npm run check`. What the engine makes of such a check all the same is tested below.
 */

const described = {
  id: 'test-check',
  severity: 'low',
  title: 'A title',
  why: 'A reason.',
  checklist: [],
  topics: [],
  references: ['https://example.com/'],
} as const;

const readsWhatItDoesNotNeed = defineCheck({
  ...described,
  subject: 'repository',
  needs: ['tagLock'],
  // @ts-expect-error `encryption` is not among its needs
  judge: ({ encryption }) => (encryption?.mode === 'own-key' ? pass('fine') : fail('not fine')),
});

const returnsNothing = defineCheck({
  ...described,
  subject: 'repository',
  needs: ['tagLock'],
  // @ts-expect-error a branch without a verdict
  judge({ tagLock }) {
    switch (tagLock.mode) {
      case 'all':
        return pass('fine');
    }
  },
});

const returnsUnknown = defineCheck({
  ...described,
  subject: 'repository',
  needs: ['tagLock'],
  // @ts-expect-error unknown is not a verdict that a check can give
  judge: () => ({ verdict: 'unknown', says: 'who knows' }),
});

const returnsAnObject = defineCheck({
  ...described,
  subject: 'repository',
  needs: ['tagLock'],
  // @ts-expect-error only `pass` makes a pass
  judge: () => ({ verdict: 'pass', says: 'fine' }),
});

const needsAnotherSubject = defineCheck({
  ...described,
  subject: 'registry',
  // @ts-expect-error `tagLock` is a fact of repositories
  needs: ['tagLock'],
  judge: () => pass('fine'),
});

const needsNothing = defineCheck({
  ...described,
  subject: 'repository',
  // @ts-expect-error a verdict rests on something
  needs: [],
  judge: () => pass('fine'),
});

defineCheck({
  ...described,
  subject: 'repository',
  needs: ['tagLock'],
  // @ts-expect-error a part of what is no list decides nothing
  decidedBy: ['tagLock'],
  judge: () => pass('fine'),
});

defineCheck({
  ...described,
  subject: 'repository',
  needs: ['pushers'],
  // @ts-expect-error `deleters` is not among its needs
  decidedBy: ['deleters'],
  judge: () => pass('fine'),
});

const facts = {
  tagLock: { state: 'known', value: { mode: 'none' }, from: { operation: 'GetSetting' } },
  encryption: { state: 'known', value: { mode: 'own-key' }, from: { operation: 'GetSetting' } },
} as const;

const judged = (check: AnyCheck, known = {}) =>
  evaluate(check, known, { ...nothingDeclared, now: '2026-01-15T00:00:00Z', repository: 'app' });

describe('a check that the compiler would refuse', () => {
  it('is not given a fact that it does not need', () => {
    expect(judged(readsWhatItDoesNotNeed, facts)).toMatchObject({ verdict: 'fail' });
  });

  it.each([
    ['nothing', returnsNothing],
    ['unknown', returnsUnknown],
  ])('is unknown when it returns %s', (_what, check) => {
    expect(judged(check, facts)).toMatchObject({
      verdict: 'unknown',
      blocked: [{ why: 'crashed' }],
    });
  });

  it('is unknown when it needs what its subject does not have', () => {
    expect(judged(needsAnotherSubject)).toMatchObject({
      verdict: 'unknown',
      blocked: [{ fact: 'tagLock', why: 'not-collected' }],
    });
  });

  it('is unknown when it needs nothing, for then it rests on nothing', () => {
    expect(judged(needsNothing, facts)).toMatchObject({ verdict: 'unknown' });
  });

  it('is believed when it makes a pass of its own: there only the compiler stands in the way', () => {
    expect(judged(returnsAnObject, facts)).toMatchObject({ verdict: 'pass' });
  });
});

it('an unused credential is never told by its age: without its last use it is unknown', () => {
  const key = {
    kind: 'robot',
    name: 'ci',
    expiresAt: null,
    createdAt: '2026-01-14T00:00:00Z',
    reach: 'some-repositories',
    can: 'push',
  };
  const from = { operation: 'ListTokens' };
  const credentials = { state: 'known', value: [key], from };
  const credentialUse = { state: 'known', value: [], from };
  expect(judged(tokensInUse, { credentials, credentialUse })).toMatchObject({ verdict: 'unknown' });
  const none = { state: 'unsupported', note: 'use is not recorded' };
  expect(judged(tokensInUse, { credentials, credentialUse: none })).toMatchObject({
    verdict: 'not-applicable',
  });
});
