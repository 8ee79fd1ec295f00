import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';

/** What a file or pipe gives, in pieces. */
export type Chunks = AsyncIterable<Uint8Array>;

/** What is in a file; `-`: standard input. Opens it when it is first read. */
export async function* chunksOf(
  file: string,
  { cwd, stdin }: { readonly cwd: string; readonly stdin: () => AsyncIterable<Uint8Array> },
): AsyncGenerator<Uint8Array> {
  yield* file === '-'
    ? stdin()
    : createReadStream(resolve(cwd, file), { highWaterMark: 256 * 1024 });
}
