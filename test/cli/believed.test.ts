import { describe, expect, test } from 'vitest';
import { allProvides, believing } from '../../src/cli/believed.ts';
import type { AnyFact, Unknown } from '../../src/model/fact.ts';
import { provides as hub, otherTokens } from '../../src/providers/docker-hub/provides.ts';
import { provides as harbor } from '../../src/providers/harbor/provides.ts';

const believe = believing(await allProvides());
const { signIn } = hub.registry;
const credentials = { provider: 'docker-hub', subject: 'registry', name: 'credentials' } as const;
const from = { operation: 'ListTokens' };
const doubted = { why: 'not-collected', from: { operation: 'none' } };

/** Through JSON, as a snapshot has it. */
const stored = (fact: AnyFact): AnyFact => JSON.parse(JSON.stringify(fact));

describe('that no API tells a fact', () => {
  test('is believed where the adapter says so', () => {
    const place = { provider: 'docker-hub', subject: 'registry', name: 'signIn' } as const;
    expect(believe(stored(signIn), place)).toEqual(signIn);
  });

  test.each([
    ['of another fact', { provider: 'docker-hub', subject: 'registry', name: 'auditLog' }],
    ['of another adapter', { provider: 'ecr', subject: 'registry', name: 'signIn' }],
    ['of an adapter that there is not', { provider: 'gone', subject: 'registry', name: 'signIn' }],
    ['of a fact that there is not', { provider: 'ecr', subject: 'registry', name: 'constructor' }],
  ] as const)('is not believed %s', (_, place) => {
    expect(believe(stored(signIn), place)).toMatchObject(doubted);
  });

  test('is not believed in other words, nor of one that the adapter reads', () => {
    const place = { provider: 'docker-hub', subject: 'registry', name: 'signIn' } as const;
    const other = { ...signIn, from: { ...signIn.from, step: 'do nothing' } };
    expect(believe(other, place)).toMatchObject(doubted);
  });

  test('is believed of the rest of a list only where the adapter says so', () => {
    const part = (missing: Unknown): AnyFact => {
      return { state: 'partial', value: [], from, missing: [missing] };
    };
    expect(believe(stored(part(otherTokens)), credentials)).toEqual(part(otherTokens));
    expect(believe(part(signIn), credentials)).toMatchObject({ missing: [doubted] });
  });

  test('is not believed beside other reasons either', () => {
    const denied = { state: 'unknown', why: 'denied', from, also: [signIn] } as const;
    expect(believe(denied, credentials)).toMatchObject({ why: 'denied', also: [doubted] });
  });
});

describe('that a value is the best that a vendor can do', () => {
  const place = { provider: 'harbor', subject: 'repository', name: 'signatureGate' } as const;
  const { note, step } = harbor.repository.signatureGate.ceiling;
  const value = { mode: 'existence-only' };
  const known = { state: 'known', value, from } as const;

  test('is believed where the adapter says so of this value', () => {
    const fact = { ...known, ceiling: { note, step } };
    expect(believe(stored(fact), place)).toEqual(fact);
  });

  test('is not believed of another value or fact, and the value stays', () => {
    const none = { ...known, value: { mode: 'none' } };
    expect(believe({ ...none, ceiling: { note, step } }, place)).toEqual(none);
    const elsewhere = { ...place, name: 'scanGate' };
    expect(believe({ ...known, ceiling: { note, step } }, elsewhere)).toEqual(known);
    expect(believe({ ...known, ceiling: { note, step: 'nothing' } }, place)).toEqual(known);
  });
});
