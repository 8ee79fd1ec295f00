import { resolve } from 'node:path';
import { utf8Chunks } from './byte-order-mark.ts';
import { fileName } from './inputs.ts';
import { piecesOf } from './pieces.ts';

/** The content of a file or pipe in chunks. */
export type Chunks = AsyncIterable<Uint8Array>;

export interface ChunkSource {
  readonly cwd: string;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Until when a pipe is waited for. */
  readonly reading?: AbortSignal | undefined;
}

/**
 * Streams a text file; `-`: standard input. Opens it lazily. Throws `UsageError` for a file that cannot be read, or
 * is UTF-16.
 */
export async function* chunksOf(
  file: string,
  { cwd, stdin, reading }: ChunkSource,
): AsyncGenerator<Uint8Array> {
  const source = file === '-' ? stdin() : piecesOf(resolve(cwd, file), reading);
  yield* utf8Chunks(fileName(file), source);
}
