import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { capped } from '../../src/http/body-cap.ts';

function stream(chunks: number, size: number): Readable {
  let left = chunks;
  return new Readable({
    read() {
      left -= 1;
      this.push(left < 0 ? null : Buffer.alloc(size, 97));
    },
  });
}

test('a body within the bound arrives whole', async () => {
  const body = capped(stream(10, 100), undefined, 1000);
  expect(await text(body as Readable)).toHaveLength(1000);
});

test('a body without a declared length is cut as soon as it is too long', async () => {
  const source = stream(1_000_000, 1024);
  await expect(text(capped(source, undefined, 10_000) as Readable)).rejects.toThrow(
    'more than 10000 bytes',
  );
  expect(source.destroyed).toBe(true);
});

test('a declared length over the bound is refused before anything is read', () => {
  const source = stream(1, 1);
  expect(() => capped(source, '10001', 10_000)).toThrow('10001 bytes');
  expect(source.destroyed).toBe(true);
});

test('a length that is no number is not believed', async () => {
  await expect(text(capped(stream(20, 1000), 'small', 10_000) as Readable)).rejects.toThrow(
    'more than',
  );
});

test('a source that breaks off is an error, not an end', async () => {
  const source = new Readable({
    read() {
      this.destroy(new Error('cut'));
    },
  });
  await expect(text(capped(source, undefined) as Readable)).rejects.toThrow('cut');
});
