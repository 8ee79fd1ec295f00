import type { Format } from '../reporters/reporters.ts';
import { print } from './output.ts';
import { outputFile } from './output-file.ts';
import type { ReportRequest } from './settings.ts';

/** A place where a report can be written. */
export interface ReportOutput {
  readonly format: Format;
  /** Null: standard output. */
  readonly file: string | null;
  readonly write: (pieces: Iterable<string>) => Promise<void>;
  /** Gives up a file that is not written. */
  readonly discard: () => void;
}

/** Prepares all of them before the work begins; throws `UsageError` when one cannot be written. */
export async function prepare(requests: readonly ReportRequest<Format>[]): Promise<ReportOutput[]> {
  const outputs: ReportOutput[] = [];
  try {
    for (const { format, file } of requests) {
      const { write, discard } =
        file === null ? { write: print, discard: () => undefined } : await outputFile(file);
      outputs.push({ format, file, write: (pieces) => write(pieces), discard });
    }
  } catch (error) {
    for (const { discard } of outputs) discard();
    throw error;
  }
  return outputs;
}
