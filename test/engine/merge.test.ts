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

test('streams that come one by one are run as they come, and asked for only when there is room', async () => {
  let asked = 0;
  let first = true;
  async function* coming() {
    for (const name of ['a', 'b', 'c', 'd']) {
      asked += 1;
      yield () => numbers(name, 2);
    }
  }
  const out: string[] = [];
  for await (const item of merge<string>(coming(), 2)) {
    if (first) expect(asked).toBeLessThanOrEqual(2);
    first = false;
    out.push(item);
  }
  expect(out.toSorted()).toEqual(['a0', 'a1', 'b0', 'b1', 'c0', 'c1', 'd0', 'd1']);
});

test('a source of streams that never answers does not keep what has come from ending', async () => {
  async function* stuck() {
    yield () => numbers('a', 3);
    await new Promise(() => undefined);
  }
  const out: string[] = [];
  for await (const item of merge<string>(stuck(), 2)) {
    out.push(item);
    if (out.length === 3) break;
  }
  expect(out).toEqual(['a0', 'a1', 'a2']);
});

test('a source that fails ends the whole', async () => {
  async function* failing() {
    yield () => numbers('a', 100);
    throw new Error('no more');
  }
  await expect(all(merge(failing(), 2))).rejects.toThrow('no more');
});
