import type { Chunks } from '../files/chunks.ts';
import { fileName } from '../files/inputs.ts';
import { LineError, lineCutter, textOf } from '../files/lines.ts';
import { keepHeapSmall } from '../files/small-heap.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Believe } from './fact-reader.ts';
import { OtherVersion, snapshotLineReader } from './line-reader.ts';
import type { HeaderLine } from './schema.ts';

const manyLines = 20_000;

export interface Watched {
  /** Called with the first line. */
  readonly header?: (line: HeaderLine) => void;
  /** Called in place of an error when the file was cut short; the lines before were all handed on. */
  readonly cut?: () => void;
}

/**
 * Reads a snapshot line by line, from the chunks of the file (`-`: standard input) of this name. Each fact is
 * validated (a shared fact once, where it is defined) and passed through `believe`. Throws a `UsageError` with file and line for a file that is
 * not a snapshot, of a newer version, truncated or edited by hand.
 */
export async function* readSnapshot(
  file: string,
  chunks: Chunks,
  believe: Believe,
  { header, cut }: Watched = {},
): AsyncGenerator<SnapshotLine> {
  const name = fileName(file);
  const reader = snapshotLineReader(believe);
  let number = 0;
  const refused = (problem: string, hint?: string) =>
    new UsageError(number === 0 ? `${name}: ${problem}` : `${name}:${number}: ${problem}`, hint);
  const read = (line: Buffer) => {
    number += 1;
    if (number === manyLines) keepHeapSmall();
    const reading = reader.read(textOf(line));
    const first = number === 1 ? reader.header() : null;
    if (first !== null) header?.(first);
    return reading;
  };
  try {
    const cutter = lineCutter();
    for await (const chunk of chunks) {
      for (const line of cutter.push(chunk)) {
        const reading = read(line);
        if (reading !== null) yield reading;
      }
    }
    const rest = cutter.rest();
    const last = rest.length === 0 ? null : unlessCut(() => read(rest), cut);
    if (last === 'cut') return;
    if (last !== null) yield last;
    unlessCut(() => {
      if (number === 0) throw new LineError('the file is empty, not a regaudit snapshot');
      reader.close();
    }, cut);
  } catch (error) {
    if (error instanceof OtherVersion) throw refused(error.message, error.hint);
    if (error instanceof LineError) throw refused(error.message);
    throw error;
  }
}

/** Where somebody wants to know it: whether this fails because the file ends here. */
function unlessCut<T>(step: () => T, cut: (() => void) | undefined): T | 'cut' {
  try {
    return step();
  } catch (error) {
    if (cut === undefined || error instanceof OtherVersion || !(error instanceof LineError))
      throw error;
    cut();
    return 'cut';
  }
}
