import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { DecodeError } from '../decode/fields.ts';
import { type BodyRoom, bodyRoom, smallBody } from './body-budget.ts';
import { BodyTooLarge, capped, discard } from './body-cap.ts';

/** What `accept-encoding` offers: what `decoderOf` can undo. */
export const encodings = 'gzip, deflate, br';

/**
 * The bytes of a body, decompressed. The bound holds for the bytes on the wire and again for what they
 * decompress to; the body waits where the process reads too much already. Throws `BodyTooLarge`,
 * `DecodeError` for an encoding nobody asked for, and what the stream throws.
 */
export async function bytesOf(
  body: Readable,
  headers: Readonly<Record<string, string>>,
  most: number,
): Promise<Buffer> {
  const decoder = decoderOf(headers['content-encoding']);
  if (decoder === undefined) {
    discard(body);
    throw new DecodeError('the answer is encoded in a way that was not offered');
  }
  const wire = capped(body, headers['content-length'], most) as Readable;
  // It may break off, or be cut, while it waits and nobody reads.
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
        own = new BodyTooLarge(`the answer has more than ${most} bytes`);
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
    // A pipeline of three tells that it was aborted, not why.
    throw own ?? error;
  });
  return Buffer.concat(chunks);
}

/** As `bytesOf`, decoded. */
export async function textOf(...body: Parameters<typeof bytesOf>): Promise<string> {
  return decodeText(await bytesOf(...body));
}

/** Bytes as text, which JSON requires to be UTF-8 (RFC 8259, 8.1). */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Null: nothing is to be undone; undefined: it cannot be. */
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
