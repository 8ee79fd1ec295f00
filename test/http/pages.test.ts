import { expect, test } from 'vitest';
import { allPages, pages } from '../../src/http/pages.ts';

test('all pages come, in order', async () => {
  const book: Record<string, { items: number[]; next: string | undefined }> = {
    first: { items: [1, 2], next: 'b' },
    b: { items: [], next: 'c' },
    c: { items: [3], next: undefined },
  };
  const asked: (string | undefined)[] = [];
  const all = await allPages(async (token) => {
    asked.push(token);
    return book[token ?? 'first'] ?? { items: [], next: undefined };
  });
  expect(all).toEqual([1, 2, 3]);
  expect(asked).toEqual([undefined, 'b', 'c']);
});

test('a token that comes again ends the listing as broken, not as complete', async () => {
  let calls = 0;
  const loop = async (token: string | undefined) => {
    calls += 1;
    return { items: [calls], next: token === 'x' ? 'y' : 'x' };
  };
  await expect(allPages(loop)).rejects.toThrow('repeats a page token');
  expect(calls).toBe(3);
});

test('an endless row of new tokens is cut', async () => {
  let calls = 0;
  const listing = pages(async () => {
    calls += 1;
    return { items: [], next: `token ${calls}` };
  }, 50);
  let step = await listing.next();
  while (!step.done) step = await listing.next();
  expect(step.value?.message).toContain('more than 50 pages');
  expect(calls).toBe(50);
});
