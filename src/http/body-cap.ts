import { Readable, Transform } from 'node:stream';

/** Default limit of a response in bytes: a page of 1,000 records has some hundred kilobytes. */
export const largestBody = 8 * 1024 * 1024;

/** Destroys the stream of a response that is longer than allowed. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Limits the body of a response. A declared length is checked at once (Node's parser enforces it);
 * otherwise the bytes are counted as they arrive.
 */
export function capped(body: unknown, declared: string | undefined, most = largestBody): unknown {
  if (!(body instanceof Readable)) return body;
  if (declared !== undefined && /^\d{1,15}$/.test(declared)) {
    if (Number(declared) <= most) return body;
    discard(body);
    throw new BodyTooLarge(`the response has ${declared} bytes, more than ${most}`);
  }
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(new BodyTooLarge(`the response has more than ${most} bytes`));
      else done(null, chunk);
    },
  });
  body.on('error', (error) => counter.destroy(error));
  counter.on('error', () => body.destroy());
  return body.pipe(counter);
}

/** Discards a body without reading it, ignoring stream errors. */
export function discard(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}
