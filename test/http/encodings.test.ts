import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answer, clientFor, serve } from './support/serve.ts';

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['identity', (text: string) => Buffer.from(text)],
])('an answer in %s is read', async (encoding, compress) => {
  const { base, seen } = await serve((_, response) =>
    answer(response, 200, compress('{"é":"ü"}'), { 'content-encoding': encoding }),
  );
  expect(await clientFor(base).json({ operation: 'x', path: '/' })).toEqual({ é: 'ü' });
  expect(seen[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
});

describe.each([
  ['small', 10],
  ['large', 200_000],
])('a whole and %s answer in an encoding that was not offered', (_, length) => {
  test.each(['zstd', 'compress', 'utf-8', 'gzip, gzip', 'aws-chunked', '\u00e9'])(
    '%s is undecodable, and the next call is answered',
    async (encoding) => {
      const { base } = await serve((request, response) => {
        const headers = request.url === '/odd' ? { 'content-encoding': encoding } : {};
        const body = JSON.stringify('a'.repeat(length));
        answer(response, 200, body, { 'content-length': body.length, ...headers });
      });
      const client = clientFor(base);
      await expect(client.json({ operation: 'x', path: '/odd' })).rejects.toMatchObject({
        code: 'undecodable',
        message: 'the response has an encoding that was not offered',
      });
      expect(await client.json({ operation: 'x', path: '/' })).toHaveLength(length);
    },
  );
});
