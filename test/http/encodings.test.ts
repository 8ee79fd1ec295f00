import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
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
