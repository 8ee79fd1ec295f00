import type { Chunks } from '../files/chunks.ts';
import { LineError, lineCutter, textOf } from '../files/lines.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Believe } from './fact-reader.ts';
import { OtherVersion, snapshotLineReader } from './line-reader.ts';

/**
 * Reads a snapshot line by line, from the chunks of the file (`-`: standard input) of this name. Each fact is
 * validated (a shared fact once, where it is defined) and passed through `believe`. Throws a `UsageError` with file and line for a file that is
 * not a snapshot, of a newer version, truncated or edited by hand.
 */
export async function* readSnapshot(
  file: string,
  chunks: Chunks,
  believe: Believe,
): AsyncGenerator<SnapshotLine> {
  const name = file === '-' ? 'standard input' : file;
  const reader = snapshotLineReader(believe);
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
    if (error instanceof OtherVersion) throw refused(error.message, error.hint);
    if (error instanceof LineError) throw refused(error.message);
    throw error;
  }
}

async function* linesOf(chunks: Chunks): AsyncGenerator<readonly Buffer[]> {
  const cutter = lineCutter();
  for await (const chunk of chunks) yield cutter.push(chunk);
  const rest = cutter.rest();
  if (rest.length > 0) yield [rest];
}
