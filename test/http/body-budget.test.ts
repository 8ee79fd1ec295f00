import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/http/body.ts';
import { budget, smallBody } from '../../src/http/body-budget.ts';

const never = new AbortController().signal;

describe('room for bodies', () => {
  test('is given up to its end, and then to those who wait, in their order', async () => {
    const { take, taken } = budget(10);
    const first = await take(6, never);
    const order: string[] = [];
    const second = take(6, never).then((leave) => {
      order.push('second');
      return leave;
    });
    const third = take(2, never).then((leave) => {
      order.push('third');
      return leave;
    });
    await Promise.resolve();
    expect([taken(), order]).toEqual([6, []]);
    first();
    (await second)();
    (await third)();
    expect([taken(), order]).toEqual([0, ['second', 'third']]);
  });

  test('is given whole to who asks for more than there is', async () => {
    const { take, taken } = budget(10);
    const leave = await take(1000, never);
    expect(taken()).toBe(10);
    leave();
    leave();
    expect(taken()).toBe(0);
  });

  test('is not waited for after the signal, and who waits behind goes on', async () => {
    const { take, taken } = budget(10);
    const first = await take(8, never);
    const cut = new AbortController();
    const second = take(5, cut.signal);
    const third = take(2, never);
    cut.abort(new Error('cut'));
    await expect(second).rejects.toThrow('cut');
    await expect(take(1, cut.signal)).rejects.toThrow('cut');
    (await third)();
    first();
    expect(taken()).toBe(0);
  });
});

const largeOne = (): Readable => {
  const body = new Readable({ read: () => undefined });
  body.push(Buffer.alloc(smallBody + 1));
  return body;
};

test('no more large bodies are kept at one time than there is room for, and all arrive in the end', async () => {
  const most = 16 * 1024 * 1024;
  const bodies = Array.from({ length: 5 }, largeOne);
  let arrived = 0;
  const reads = bodies.map((body) =>
    bytesOf(body, {}, most).then((bytes) => {
      arrived += 1;
      return bytes.length;
    }),
  );
  for (const body of bodies.slice(3)) body.push(null);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(arrived).toBe(0);
  for (const body of bodies.slice(0, 3)) body.push(null);
  expect(await Promise.all(reads)).toEqual(bodies.map(() => smallBody + 1));
});

test('a body that is cut while it waits for room is given up', async () => {
  const most = 48 * 1024 * 1024;
  const holding = largeOne();
  const first = bytesOf(holding, {}, most);
  await new Promise((resolve) => setImmediate(resolve));
  const waiting = largeOne();
  const second = bytesOf(waiting, {}, most);
  await new Promise((resolve) => setImmediate(resolve));
  waiting.destroy(new Error('the scan was interrupted'));
  await expect(second).rejects.toThrow('interrupted');
  holding.push(null);
  expect(await first).toHaveLength(smallBody + 1);
});
