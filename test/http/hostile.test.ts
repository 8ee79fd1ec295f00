import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { httpErrors } from '../../src/http/http-errors.ts';
import { linkedPages } from '../../src/http/links.ts';
import { answer, clientFor, serve } from './support/serve.ts';

const kilobyte = Buffer.alloc(1024, 97);
const small = { largestBody: 100 * 1024 };
const get = { operation: 'x', path: '/' } as const;

async function pagesOf(base: string, most?: number) {
  const listing = linkedPages(
    clientFor(base),
    get,
    (page) => [page.json()],
    most === undefined ? {} : { most },
  );
  let items = 0;
  for (;;) {
    const step = await listing.next();
    if (step.done) return { items, problem: step.value?.message };
    items += step.value.length;
  }
}

describe('a hostile server', () => {
  test('that always has a next page is left at the bound', async () => {
    const { base, seen } = await serve((request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('p'));
      answer(response, 200, {}, { link: `</?p=${page + 1}>; rel="next"` });
    });
    expect(await pagesOf(base, 20)).toEqual({
      items: 20,
      problem: 'the listing has more than 20 pages',
    });
    expect(seen).toHaveLength(20);
  });

  test('that names a page again is left', async () => {
    const { base } = await serve((_, response) =>
      answer(response, 200, {}, { link: '</?p=2>; rel="next"' }),
    );
    expect((await pagesOf(base)).problem).toContain('repeats a page token');
  });

  test('that links to a page elsewhere is not followed', async () => {
    const other = await serve((_, response) => answer(response, 200, {}));
    const { base } = await serve((_, response) =>
      answer(response, 200, {}, { link: `<${other.base}/>; rel=next` }),
    );
    await expect(pagesOf(base)).rejects.toThrow('another origin');
    expect(other.seen).toEqual([]);
  });

  test('that declares a gigabyte is refused before it sends it', async () => {
    const { base } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': String(1024 ** 3) });
      response.write(kilobyte);
    });
    await expect(clientFor(base, small).send(get)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('that sends without end is cut at the bound', async () => {
    let sent = 0;
    const { base } = await serve((_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && sent < 1024 ** 2) {
          sent += 1;
          if (!response.write(kilobyte)) break;
        }
      };
      response.on('drain', more);
      more();
    });
    await expect(clientFor(base, small).send(get)).rejects.toMatchObject({ code: 'too-large' });
    expect(sent).toBeLessThan(50_000);
  });

  test('that drips is cut when the time for the whole answer is over', async () => {
    const { base } = await serve((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const client = clientFor(base, {
      timeouts: { whole: 150 },
      retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
    });
    await expect(client.send(get)).rejects.toMatchObject({ code: 'timeout' });
  });

  test('that accepts and says nothing is cut when the time for the first byte is over', async () => {
    const { base } = await serve(() => undefined);
    const client = clientFor(base, {
      timeouts: { firstByte: 100, whole: 60_000 },
      retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
    });
    await expect(client.send(get)).rejects.toMatchObject({ code: 'timeout' });
  });

  test('that sends a gzip bomb is cut at the bound of what it unfolds to', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(small.largestBody);
    const { base } = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    await expect(clientFor(base, small).send(get)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('that sends damaged gzip or an encoding nobody offered is undecodable', async () => {
    const { base } = await serve((request, response) => {
      const encoding = request.url === '/gzip' ? 'gzip' : 'gzip, gzip';
      response.writeHead(200, { 'content-encoding': encoding }).end('no gzip at all');
    });
    const client = clientFor(base);
    for (const path of ['/gzip', '/twice']) {
      const sent = client.send({ operation: 'x', path });
      await expect(sent).rejects.toMatchObject({ code: 'undecodable' });
    }
  });

  test('that nests JSON deeply is undecodable, and nothing overflows', async () => {
    const deep = `${'['.repeat(3_000_000)}${']'.repeat(3_000_000)}`;
    const { base } = await serve((_, response) => answer(response, 200, deep));
    await expect(clientFor(base).json(get)).rejects.toThrow('levels deep');
  });

  test('that has __proto__ keys is undecodable, and changes no prototype', async () => {
    const { base } = await serve((_, response) =>
      answer(response, 200, '{"a":{"__proto__":{"admin":true}}}'),
    );
    await expect(clientFor(base).json(get)).rejects.toThrow('__proto__');
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  test('that speaks no HTTP is undecodable', async () => {
    const { base } = await serve((request) => request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await expect(clientFor(base).send(get)).rejects.toMatchObject({ code: 'undecodable' });
  });

  test('that sends headers without end is cut', async () => {
    const { base } = await serve((request) => {
      request.socket.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`);
    });
    await expect(clientFor(base).send(get)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('cannot put escapes or lines into what is said about its refusal', async () => {
    const message = 'no\u001b[2J\r\n::error::forged\u009b31m\u0000';
    const { base } = await serve((_, response) =>
      answer(response, 403, { errors: [{ code: 'DENIED', message }] }),
    );
    const error = await clientFor(base)
      .send(get)
      .catch((refusal) => refusal);
    expect(httpErrors.codeOf(error)).toBe('403');
    expect(httpErrors.detailOf(error)).toBe('HTTP 403: no [2J ::error::forged 31m');
  });
});

describe('an answer that is larger than is read', () => {
  const listing = async (body: (size: number) => string, settings = {}) => {
    const { base, seen } = await serve((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://x');
      answer(response, 200, body(Number(searchParams.get('page_size'))));
    });
    const request = { ...get, query: { page: 1, page_size: 100 } };
    const client = clientFor(base, settings);
    const page = linkedPages(client, request, (one) => [one.json()]).next();
    return { page, urls: () => seen.map(({ url }) => url) };
  };
  const list = (values: number) => `[${'1,'.repeat(values)}1]`;

  test.each([
    ['bytes', 60_000, small],
    ['values', 250_000, {}],
  ])('in %s is asked for once more with a smaller page', async (_, values, settings) => {
    const { page, urls } = await listing((size) => list(size > 25 ? values : 10), settings);
    expect(await page).toMatchObject({ done: false, value: [{ length: 11 }] });
    expect(urls()).toEqual(['/?page=1&page_size=100', '/?page=1&page_size=25']);
  });

  test('is undecodable with its size when the smaller page is too large as well', async () => {
    const { page, urls } = await listing(() => list(60_000), small);
    await expect(page).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/more than 102400/),
    });
    expect(urls()).toHaveLength(2);
  });

  test('and has no smaller page is asked for once', async () => {
    const { base, seen } = await serve((_, response) => answer(response, 200, 'a'.repeat(200_000)));
    await expect(clientFor(base, small).send(get)).rejects.toMatchObject({ code: 'too-large' });
    expect(seen).toHaveLength(1);
  });
});

test.each([
  '/v2/../../api/users',
  '/v2/%2e%2E/x',
  '/v2/./x',
  '/a\\b',
  '/a b',
  '/a\nb',
  'relative',
  'https://other.example/x',
  'http:/x',
])('the path %j is not sent', async (path) => {
  const { base, seen } = await serve((_, response) => answer(response, 200, {}));
  const sent = clientFor(base).send({ operation: 'x', path });
  await expect(sent).rejects.toMatchObject({ code: 'redirect' });
  expect(seen).toEqual([]);
});

test.each(['//other.example/x', '/@other.example/', '/x?y=../z', '/v2/..a/...'])(
  'the path %j stays at the origin',
  async (path) => {
    const { base, seen } = await serve((_, response) => answer(response, 200, {}));
    await clientFor(base).send({ operation: 'x', path });
    expect(seen[0]?.url).toBe(path);
  },
);
