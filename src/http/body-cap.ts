import { Readable, Transform } from 'node:stream';

/** Largest answer that is read where the operation says nothing: a page of 1,000 records is some hundred kilobytes. */
export const largestBody = 8 * 1024 * 1024;

/** Thrown into the stream of an answer that is longer than allowed. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Bounds the body of an answer. A declared length is checked at once (node's parser then holds the
 * server to it); without one the bytes are counted as they come.
 */
export function capped(body: unknown, declared: string | undefined, most = largestBody): unknown {
  if (!(body instanceof Readable)) return body;
  if (declared !== undefined && /^\d{1,15}$/.test(declared)) {
    if (Number(declared) <= most) return body;
    discard(body);
    throw new BodyTooLarge(`the answer has ${declared} bytes, more than ${most}`);
  }
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(new BodyTooLarge(`the answer has more than ${most} bytes`));
      else done(null, chunk);
    },
  });
  body.on('error', (error) => counter.destroy(error));
  counter.on('error', () => body.destroy());
  return body.pipe(counter);
}

/** Lets go of a body that nobody will read. That it breaks off then is nobody's error. */
export function discard(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}
