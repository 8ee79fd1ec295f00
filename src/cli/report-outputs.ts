import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { outputFile } from '../files/output-file.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Format } from '../reporters/reporters.ts';
import type { CommandContext } from './command-context.ts';
import type { ReportRequest } from './settings.ts';

/** A destination of a report. */
export interface ReportOutput {
  readonly format: Format;
  /** Null: standard output. */
  readonly file: string | null;
  /** The real path of the file. */
  readonly target: string | null;
  readonly write: (pieces: Iterable<string>) => Promise<void>;
  /** Discards a file that was not written. */
  readonly discard: () => void;
}

/**
 * Prepares all outputs before the run starts. `reads`: the input files. Throws `UsageError` if an output cannot be
 * written, overwrites an input, or is named twice.
 */
export async function prepare(
  context: Pick<CommandContext, 'print' | 'cwd' | 'atEnd'>,
  requests: readonly ReportRequest<Format>[],
  reads: readonly string[],
): Promise<ReportOutput[]> {
  const outputs: ReportOutput[] = [];
  try {
    for (const { format, file, inside = false } of requests) {
      if (file === null) {
        const write = (pieces: Iterable<string>) => context.print(pieces);
        outputs.push({ format, file, target: null, write, discard: () => undefined });
        continue;
      }
      if (inside) await refuseOutside(file, context.cwd);
      const { target, write, discard } = await outputFile(context, file, reads);
      const twice = outputs.some((output) => output.target === target);
      outputs.push({ format, file, target, write, discard });
      if (twice) throw new UsageError(`two reports would go to ${file}`);
    }
  } catch (error) {
    for (const { discard } of outputs) discard();
    throw error;
  }
  return outputs;
}

/**
 * A configuration may come with somebody else's tree: it must not name files elsewhere, not even
 * through a symbolic link, nor into the folder of git. A folder that is not there is told by whoever writes the file.
 */
async function refuseOutside(file: string, cwd: string): Promise<void> {
  const folder = await realpath(dirname(resolve(cwd, file))).catch(() => null);
  if (folder === null) return;
  const path = relative(await realpath(cwd), folder);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) {
    throw new UsageError(`${file} cannot be written: a symbolic link leads out of the tree`);
  }
  // A link of the tree can lead into the folder of git, whose files name programs that git starts.
  if (path.split(sep).some((part) => part.toLowerCase() === '.git'))
    throw new UsageError(`${file} cannot be written: it must not be in the folder of git`);
}
