import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { DecodeError } from '../decode/fields.ts';
import { type BodyRoom, bodyRoom, smallBody } from './body-budget.ts';
import { BodyTooLarge, capped, discard } from './body-cap.ts';

/** The value of `accept-encoding`: the encodings that `decoderOf` supports. */
export const encodings = 'gzip, deflate, br';

/**
 * The decompressed bytes of a body. The limit applies to the bytes on the wire and to the decompressed
 * bytes; waits for memory budget. Throws `BodyTooLarge`, `DecodeError` for an encoding that was not offered,
 * and errors of the stream.
 */
export async function bytesOf(
  body: Readable,
  headers: Readonly<Record<string, string>>,
  most: number,
): Promise<Buffer> {
  const decoder = decoderOf(headers['content-encoding']);
  if (decoder === undefined) {
    discard(body);
    throw new DecodeError('the response has an encoding that was not offered');
  }
  const wire = capped(body, headers['content-length'], most) as Readable;
  // The stream may fail or be destroyed while it waits unread.
  const broken = new AbortController();
  wire.on('error', (error) => broken.abort(error));
  const room = await bodyRoom(broken.signal);
  try {
    return await collected(wire, decoder, most, room);
  } finally {
    room.leave();
  }
}

async function collected(
  wire: Readable,
  decoder: Transform | null,
  most: number,
  room: BodyRoom,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let own: unknown;
  const collect = async (source: AsyncIterable<Buffer>) => {
    let grown = false;
    for await (const chunk of source) {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > most) {
        own = new BodyTooLarge(`the response has more than ${most} bytes`);
        throw own;
      }
      if (bytes <= smallBody || grown) continue;
      grown = true;
      await room.grow(most).catch((error: unknown) => {
        own = error;
        throw error;
      });
    }
  };
  const read = decoder === null ? pipeline(wire, collect) : pipeline(wire, decoder, collect);
  await read.catch((error: unknown) => {
    // The pipeline reports an abort, but not its reason.
    throw own ?? error;
  });
  return Buffer.concat(chunks);
}

/** The body as text; see `bytesOf`. */
export async function textOf(...body: Parameters<typeof bytesOf>): Promise<string> {
  return decodeText(await bytesOf(...body));
}

/** Decodes UTF-8, which JSON requires (RFC 8259, 8.1). */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Null: no encoding; undefined: an unsupported one. */
function decoderOf(encoding: string | undefined): Transform | null | undefined {
  switch ((encoding ?? '').trim().toLowerCase()) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}
