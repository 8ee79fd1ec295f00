import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { utf8Chunks } from './byte-order-mark.ts';
import { fileName } from './inputs.ts';

/** The content of a file or pipe in chunks. */
export type Chunks = AsyncIterable<Uint8Array>;

/**
 * Streams a text file; `-`: standard input. Opens it lazily. Throws `UsageError` for a file that cannot be read, or
 * is UTF-16.
 */
export async function* chunksOf(
  file: string,
  { cwd, stdin }: { readonly cwd: string; readonly stdin: () => AsyncIterable<Uint8Array> },
): AsyncGenerator<Uint8Array> {
  const source =
    file === '-' ? stdin() : createReadStream(resolve(cwd, file), { highWaterMark: 256 * 1024 });
  yield* utf8Chunks(fileName(file), source);
}
