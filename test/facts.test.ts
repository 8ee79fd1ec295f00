import { describe, expect, it } from 'vitest';
import type { Unknown } from '../src/model/fact.ts';
import { ceiling, notExposed, type Operation, reads } from '../src/providers/contract.ts';
import {
  ask,
  Denied,
  Inconclusive,
  join,
  known,
  Pending,
  Unreachable,
  unknown,
} from '../src/providers/facts.ts';
import { eachEntry, gapOf, joinLists, partial } from '../src/providers/parts.ts';
import { Unlearnt } from '../src/providers/unlearnt.ts';

/* What the compiler refuses: an expected error that does not come fails `tsc`. */

// @ts-expect-error no response can be the cause of not-exposed
unknown('not-exposed', 'List', 'no API tells');
const never: Operation['means'] = {
  // @ts-expect-error an error code neither
  NotFound: 'not-exposed',
};
class Hidden extends Unlearnt {
  // @ts-expect-error and no decoder
  override readonly why = 'not-exposed';
}
// @ts-expect-error only a list can be known in part
const noList = () => partial({ mode: 'none' }, { operation: 'Get' }, []);

const from = { operation: 'List' };
const denied = unknown('denied', 'ListTokens', 'no right', 'tokens:List');
const throttled = unknown('throttled', 'ListUsers', 'too fast');
const hidden = notExposed('no API tells', 'https://example.org/', 'look at the console');
const list = known('List', '', () => ['a', 'b']);

describe('a joined fact', () => {
  it('keeps every reason why it is unknown', () => {
    expect(join([denied, list, throttled], () => 1)).toEqual({
      ...denied,
      also: [{ why: 'throttled', from: throttled.from }],
    });
  });

  it('names what no API tells last, and only what no API tells is not-exposed', () => {
    expect(join([hidden, throttled], () => 1)).toMatchObject({
      why: 'throttled',
      also: [{ why: 'not-exposed' }],
    });
    expect(join([hidden, list], () => 1)).toMatchObject({ why: 'not-exposed' });
  });

  it('is unknown where an input is known in part, with the reasons of the part', () => {
    expect(join([partial(['a'], from, [denied, throttled])], () => 1)).toMatchObject({
      state: 'unknown',
      why: 'denied',
      also: [{ why: 'throttled' }],
    });
  });

  it('names the same reason once', () => {
    expect(join([denied, denied], () => 1)).toEqual(denied);
  });
});

describe('a list', () => {
  it('is known when nothing is missing, and unknown when nothing is surely there', () => {
    expect(partial(['a'], from, [])).toEqual({ state: 'known', value: ['a'], from });
    expect(partial([], from, [denied])).toEqual(denied);
  });

  it('of several is known in part when one of them was denied', () => {
    expect(joinLists([list, denied])).toEqual({
      state: 'partial',
      value: ['a', 'b'],
      from,
      missing: [denied],
    });
    expect(joinLists([list, known('More', '', () => ['c'])])).toEqual({
      state: 'known',
      value: ['a', 'b', 'c'],
      from: { operation: 'List + More' },
    });
  });

  it('loses the entries that are not settled, and no other', () => {
    const settled = eachEntry(list, (entry) => {
      if (entry === 'a') throw new Inconclusive('a depends on a condition');
      return [entry];
    });
    expect(settled).toMatchObject({
      state: 'partial',
      value: ['b'],
      missing: [{ why: 'inconclusive', from: { operation: 'List' } }],
    });
    const strange = eachEntry(list, () => {
      throw new Error('a new word');
    });
    expect(strange).toMatchObject({ state: 'unknown', why: 'undecodable' });
  });

  it('that decides only as a whole is unknown when a part is missing', () => {
    const part = partial(['a'], from, [denied, throttled]);
    if (part.state === 'known') throw new Error('nothing is missing');
    expect(gapOf(part)).toMatchObject({ why: 'denied', also: [{ why: 'throttled' }] });
  });
});

describe('a decoder that does not settle a fact', () => {
  const because = (error: Error) =>
    known('List', 'x:List', () => {
      throw error;
    });

  it.each([
    [new Inconclusive('it depends'), 'inconclusive'],
    [new Pending('it runs'), 'pending'],
    [new Unreachable('no response'), 'unreachable'],
    [new Denied('no right', 'x:Get'), 'denied'],
    [new Error('a new word'), 'undecodable'],
  ])('says why: %s', (error, why) => {
    expect(because(error)).toMatchObject({ state: 'unknown', why });
  });

  it('names the permission that would help, where that is another one', () => {
    expect(because(new Denied('no right', 'x:Get'))).toMatchObject({
      from: { permission: 'x:Get' },
    });
  });

  const operation: Operation = { permission: '', doc: 'https://example.org/', means: {} };
  const errors = { codeOf: () => '', detailOf: () => '' };
  const inconclusive = (raw: unknown) =>
    ask(
      'Get',
      operation,
      errors,
      async () => raw,
      () => {
        throw new Inconclusive('it depends');
      },
    );
  const inputOf = async (raw: unknown) => ((await inconclusive(raw)) as Unknown).from.input;

  it('holds an inconclusive fact to the input read, whatever its order', async () => {
    const input = await inputOf({ a: [1, 2], b: null });
    expect(input).toMatch(/^[0-9a-f]{32}$/);
    expect(await inputOf({ b: null, a: [2, 1] })).toBe(input);
    expect(await inputOf({ a: [1, 2], b: 0 })).not.toBe(input);
  });
});

it('an error with a cure of its own keeps it', async () => {
  const means = { ScpDeny: { why: 'denied', cure: 'ask whoever runs the organization' } } as const;
  const operation: Operation = { permission: 'x:Get', doc: 'https://example.org/', means };
  const errors = { codeOf: () => 'ScpDeny', detailOf: () => 'explicit deny' };
  const fail = async () => {
    throw new Error();
  };
  expect(await ask('Get', operation, errors, fail, () => 1)).toMatchObject({
    why: 'denied',
    from: { detail: 'explicit deny', cure: 'ask whoever runs the organization' },
  });
});

it('a ceiling belongs to a fact that is read', () => {
  const capped = ceiling(reads('gate', 'Get'), { mode: 'audit' }, 'it only audits', 'look there');
  expect(capped).toMatchObject({ state: 'read', operations: ['Get'] });
  expect([noList, never, Hidden]).toHaveLength(3);
});
