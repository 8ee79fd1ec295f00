import { createReadStream } from 'node:fs';
import { ioReason } from '../model/io-reason.ts';
import type { Reading } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import { LineError, lineCutter, textOf } from './lines.ts';
import { NewerVersion, snapshotLineReader } from './snapshot-line-reader.ts';

/** What a file or pipe gives, in pieces. */
export type Chunks = AsyncIterable<Uint8Array>;

/**
 * Reads a snapshot file (`-`: standard input) line by line, or `chunks` of it that are being read already. Out: its readings, each fact checked
 * against its schema; a shared fact is checked once, where it stands. Throws a `UsageError` that names
 * file and line for a file that is foreign, of a newer version, cut short or changed by hand.
 */
export async function* readSnapshot(
  file: string,
  chunks: Chunks = chunksOf(file),
): AsyncGenerator<Reading> {
  const name = file === '-' ? 'standard input' : file;
  const reader = snapshotLineReader();
  let number = 0;
  const refused = (problem: string, hint?: string) =>
    new UsageError(number === 0 ? `${name}: ${problem}` : `${name}:${number}: ${problem}`, hint);
  try {
    for await (const lines of linesOf(chunks)) {
      for (const line of lines) {
        number += 1;
        const reading = reader.read(textOf(line));
        if (reading !== null) yield reading;
      }
    }
    if (number === 0) throw new LineError('the file is empty, not a regaudit snapshot');
    reader.close();
  } catch (error) {
    if (error instanceof NewerVersion) throw refused(error.message, 'update regaudit to read it');
    if (error instanceof LineError) throw refused(error.message);
    if (error instanceof Error && 'syscall' in error) {
      throw new UsageError(`${name} cannot be read: ${ioReason(error)}`);
    }
    throw error;
  }
}

/** Opens the file when it is first read. */
export async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  yield* file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
}

async function* linesOf(chunks: Chunks): AsyncGenerator<readonly Buffer[]> {
  const cutter = lineCutter();
  for await (const chunk of chunks) yield cutter.push(chunk);
  const rest = cutter.rest();
  if (rest.length > 0) yield [rest];
}
