import { expect, test } from 'vitest';
import { limit, mapInOrder } from '../../src/http/limit.ts';

/** A task that ends when told to. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('no more tasks run at once than the limit, and all run in the end', async () => {
  const admit = limit(3);
  const gates = Array.from({ length: 10 }, gate);
  let running = 0;
  let most = 0;
  const all = gates.map(({ opened }, index) =>
    admit(async () => {
      running += 1;
      most = Math.max(most, running);
      await opened;
      running -= 1;
      return index;
    }),
  );
  for (const { open } of gates) {
    await turn();
    open();
  }
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(most).toBe(3);
});

test('a task that fails gives its place to the next', async () => {
  const admit = limit(1);
  await expect(admit(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await admit(async () => 'next')).toBe('next');
});

test('thousands of waiting tasks start in their order', async () => {
  const admit = limit(1);
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 5000 }, (_, index) => admit(async () => order.push(index))),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order.length).toBe(5000);
});

test('results come in the order of the items, whichever is done first', async () => {
  const gates = Array.from({ length: 4 }, gate);
  const seen: number[] = [];
  const reading = (async () => {
    for await (const index of mapInOrder([0, 1, 2, 3], 4, async (item) => {
      await gates[item]?.opened;
      return item;
    })) {
      seen.push(index);
    }
  })();
  for (const index of [3, 1, 2, 0]) {
    gates[index]?.open();
    await turn();
  }
  await reading;
  expect(seen).toEqual([0, 1, 2, 3]);
});

test('no more items are under way than allowed', async () => {
  let under = 0;
  let most = 0;
  const work = async (item: number) => {
    under += 1;
    most = Math.max(most, under);
    await turn();
    under -= 1;
    return item;
  };
  const out: number[] = [];
  for await (const item of mapInOrder(
    Array.from({ length: 50 }, (_, index) => index),
    5,
    work,
  ))
    out.push(item);
  expect(out.length).toBe(50);
  expect(most).toBeLessThanOrEqual(5);
});

test('a failure comes out in its turn and leaves nothing unhandled', async () => {
  const work = async (item: number) => (item === 2 ? Promise.reject(new Error('third')) : item);
  const out: number[] = [];
  const read = async () => {
    for await (const item of mapInOrder([0, 1, 2, 3], 3, work)) out.push(item);
  };
  await expect(read()).rejects.toThrow('third');
  expect(out).toEqual([0, 1]);
});
