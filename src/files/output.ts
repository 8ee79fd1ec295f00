import type { Writable } from 'node:stream';
import { UsageError } from '../model/usage-error.ts';
import { fsErrorMessage } from './fs-error-message.ts';

const batchSize = 64 * 1024;

/**
 * Writes text and resolves once the stream has taken all of it, so that a following exit cuts nothing off. A
 * closed reader (`| head`) ends quietly; any other write error is a `UsageError`.
 */
export async function print(
  pieces: Iterable<string> | AsyncIterable<string>,
  stream: Writable,
): Promise<void> {
  let failure: Error | undefined;
  const onError = (error: Error) => {
    failure = error;
  };
  stream.on('error', onError);
  try {
    for await (const batch of batches(pieces)) {
      if (failure === undefined) await written(stream, batch).catch(onError);
      if (failure !== undefined) break;
    }
  } finally {
    stream.off('error', onError);
  }
  if (failure !== undefined && !readerIsGone(failure)) {
    throw new UsageError(`standard output cannot be written: ${fsErrorMessage(failure)}`);
  }
}

/** Joins small pieces into larger writes. */
export async function* batches(
  pieces: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<string> {
  let batch = '';
  for await (const piece of pieces) {
    batch += piece;
    if (batch.length < batchSize) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}

function written(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function readerIsGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
