import { resolve } from 'node:path';
import { piecesOf } from './pieces.ts';

/** The content of a file or pipe in chunks. */
export type Chunks = AsyncIterable<Uint8Array>;

export interface ChunkSource {
  readonly cwd: string;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Until when a pipe is waited for. */
  readonly reading?: AbortSignal | undefined;
}

/** Streams a file; `-`: standard input. Opens it lazily. */
export async function* chunksOf(
  file: string,
  { cwd, stdin, reading }: ChunkSource,
): AsyncGenerator<Uint8Array> {
  yield* file === '-' ? stdin() : piecesOf(resolve(cwd, file), reading);
}
