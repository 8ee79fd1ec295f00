import { expect, test } from 'vitest';
import { merge } from '../../src/engine/merge.ts';

async function* numbers(name: string, count: number, log?: string[]): AsyncGenerator<string> {
  try {
    for (let index = 0; index < count; index += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      yield `${name}${index}`;
    }
  } finally {
    log?.push(`${name} ended`);
  }
}

async function all(stream: AsyncIterable<string>): Promise<string[]> {
  const out: string[] = [];
  for await (const item of stream) out.push(item);
  return out;
}

test('everything comes, and each stream keeps its own order', async () => {
  const out = await all(
    merge(
      [() => numbers('a', 5), () => numbers('b', 3), () => numbers('c', 0), () => numbers('d', 4)],
      2,
    ),
  );
  expect(out.toSorted()).toEqual([
    'a0',
    'a1',
    'a2',
    'a3',
    'a4',
    'b0',
    'b1',
    'b2',
    'd0',
    'd1',
    'd2',
    'd3',
  ]);
  for (const name of ['a', 'b', 'd']) {
    const own = out.filter((item) => item.startsWith(name));
    expect(own).toEqual(own.toSorted());
  }
});

test('no more streams are open than the limit', async () => {
  let open = 0;
  let most = 0;
  const counted = (name: string) =>
    async function* () {
      open += 1;
      most = Math.max(most, open);
      yield* numbers(name, 3);
      open -= 1;
    };
  await all(merge(['a', 'b', 'c', 'd', 'e'].map(counted), 2));
  expect(most).toBe(2);
});

test('whoever stops listening ends all streams', async () => {
  const log: string[] = [];
  for await (const _ of merge([() => numbers('a', 100, log), () => numbers('b', 100, log)], 2))
    break;
  expect(log.toSorted()).toEqual(['a ended', 'b ended']);
});

test('no streams: nothing', async () => {
  expect(await all(merge([], 4))).toEqual([]);
});
