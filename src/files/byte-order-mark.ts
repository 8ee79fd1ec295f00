import { UsageError } from '../model/usage-error.ts';
import { fsErrorMessage } from './fs-error-message.ts';

/**
 * The same chunks without a UTF-8 byte order mark, which Windows tools write. Throws `UsageError`, naming the file,
 * for UTF-16, and where the file cannot be read.
 */
export async function* utf8Chunks(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let begun = false;
  const source = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await source.next().catch((error: unknown) => {
        if (error instanceof Error && 'syscall' in error)
          throw new UsageError(`${name} cannot be read: ${fsErrorMessage(error)}`);
        throw error;
      });
      if (step.done) return;
      yield begun ? step.value : withoutMark(name, step.value);
      begun = true;
    }
  } finally {
    await source.return?.();
  }
}

function withoutMark(name: string, chunk: Uint8Array): Uint8Array {
  const [a, b, c] = chunk;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw new UsageError(`${name} is UTF-16`, 'save it as UTF-8');
  return a === 0xef && b === 0xbb && c === 0xbf ? chunk.subarray(3) : chunk;
}
