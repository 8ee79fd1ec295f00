import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { untilAborted } from '../../src/cli/until-aborted.ts';

async function all(stream: AsyncGenerator<number, boolean>) {
  const items: number[] = [];
  for (;;) {
    const step = await stream.next();
    if (step.done) return { items, left: step.value };
    items.push(step.value);
  }
}

async function* counting(to: number, then: () => Promise<unknown> = async () => undefined) {
  for (let number = 0; number < to; number += 1) yield number;
  await then();
}
const never = () => new Promise(() => undefined);

test('without a signal a stream comes as it is, and nothing listens on', async () => {
  const { signal } = new AbortController();
  expect(await all(untilAborted(counting(3), signal))).toEqual({ items: [0, 1, 2], left: false });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('one that hangs is left behind a moment after the signal', async () => {
  const cut = new AbortController();
  const reading = all(untilAborted(counting(2, never), cut.signal, 30));
  setTimeout(() => cut.abort(), 10);
  expect(await reading).toEqual({ items: [0, 1], left: true });
});

test('one that does not hang comes to its end, however long its items take to be used', async () => {
  const cut = new AbortController();
  cut.abort();
  const stream = untilAborted(counting(4), cut.signal, 20);
  const items: number[] = [];
  for await (const item of stream) {
    items.push(item);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  expect(items).toEqual([0, 1, 2, 3]);
});

test('what it throws is thrown', async () => {
  const { signal } = new AbortController();
  const failing = counting(1, () => Promise.reject(new Error('no more')));
  await expect(all(untilAborted(failing, signal))).rejects.toThrow('no more');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
