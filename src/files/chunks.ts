import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';

/** The content of a file or pipe in chunks. */
export type Chunks = AsyncIterable<Uint8Array>;

/** Streams a file; `-`: standard input. Opens it lazily. */
export async function* chunksOf(
  file: string,
  { cwd, stdin }: { readonly cwd: string; readonly stdin: () => AsyncIterable<Uint8Array> },
): AsyncGenerator<Uint8Array> {
  yield* file === '-'
    ? stdin()
    : createReadStream(resolve(cwd, file), { highWaterMark: 256 * 1024 });
}
