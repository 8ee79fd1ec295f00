import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { dockerHubDemo } from '../../src/demo/docker-hub/demo.ts';
import { harborDemo } from '../../src/demo/harbor/demo.ts';
import { inQuarters } from '../../src/http/numbered.ts';
import { answer, clientFor, serve } from '../http/support/serve.ts';
import { type Aim, scanned } from './support/in-front.ts';

/* What is larger than any honest answer is read in smaller pages, or is unknown with its size. */

const numbers = (url = '') => {
  const query = new URL(url, 'http://x').searchParams;
  return { page: Number(query.get('page')), size: Number(query.get('page_size')) };
};

describe('a numbered page that is too large', () => {
  const served = (entries: number, fits: number) =>
    serve(({ url }, response) => {
      const { page, size } = numbers(url);
      const rows = Array.from({ length: entries }, (_, index) => index);
      const own = rows.slice((page - 1) * size, page * size);
      const padding = size > fits ? 'x'.repeat(3000) : '';
      answer(response, own.length === 0 ? 404 : 200, {
        padding,
        results: own,
        last: page * size >= entries,
      });
    });
  const isLast = (raw: unknown) => (raw as { last: boolean }).last;
  const pageOf = async (base: string, page: number) => {
    const client = inQuarters(clientFor(base, { largestBody: 2000 }), isLast);
    const request = { operation: 'x', path: '/', query: { page, page_size: 20 } };
    return (await client.send(request)).json();
  };
  const results = (bodies: unknown) =>
    (bodies as { results: number[] }[]).flatMap(({ results: own }) => own);

  test.each([
    [1, 20, [0, 19]],
    [2, 20, [20, 39]],
    [3, 7, [40, 46]],
  ])('page %i is read as four of a quarter', async (page, count, ends) => {
    const { base, seen } = await served(47, 10);
    const found = results(await pageOf(base, page));
    expect(found).toHaveLength(count);
    expect([found[0], found.at(-1)]).toEqual(ends);
    expect(seen.length).toBeLessThanOrEqual(5);
  });

  test('is asked for in quarters once, and then refused with its size', async () => {
    const { base, seen } = await served(47, 1);
    await expect(pageOf(base, 1)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('more than 2000'),
    });
    expect(seen).toHaveLength(2);
  });
});

/** Ten megabytes in the place of pages of more than so many entries. */
const flood =
  (path: RegExp, most: number): Aim =>
  ({ url = '' }: IncomingMessage) => {
    const { size } = numbers(url);
    if (!path.test(url) || (size > 0 && size <= most)) return undefined;
    return (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`[${' '.repeat(10 * 1024 * 1024)}]`);
    };
  };

test.each([
  ['harbor', harborDemo, /\/projects\?/, 25],
  ['docker-hub', dockerHubDemo, /\/repositories\/?\?/, 25],
] as const)(
  '%s: a list that fits in smaller pages is read in those',
  async (_, demo, path, most) => {
    const honest = await scanned(await demo(), () => undefined);
    const attacked = await scanned(await demo(), flood(path, most));
    const names = ({ readings }: typeof honest) =>
      readings.flatMap((line) => (line.kind === 'repository' ? [line.name] : [])).sort();
    expect(names(attacked)).toEqual(names(honest));
  },
);

test('a list that fits in none is unknown with its size', async () => {
  const { summary } = await scanned(await harborDemo(), flood(/\/projects\?/, 0));
  const [registry] = summary.registries;
  expect(registry?.listing).toMatchObject({
    state: 'unknown',
    why: 'undecodable',
    from: { detail: expect.stringMatching(/the response .*bytes/) },
  });
});

test('an object of an instance is bounded far below a page', async () => {
  const aim: Aim = ({ url = '' }) =>
    /\/systeminfo$/.test(url)
      ? (response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(`{"x":"${'x'.repeat(300 * 1024)}"}`);
        }
      : undefined;
  const { readings } = await scanned(await harborDemo(), aim);
  expect(JSON.stringify(readings)).toMatch(/more than 262144/);
});
