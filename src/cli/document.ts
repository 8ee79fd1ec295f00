import type { ReporterOptions } from '../reporters/reporter.ts';
import type { CommandContext } from './command-context.ts';
import { prepare } from './report-outputs.ts';
import { reporterOptions } from './reporter-options.ts';

/** The renderers of a document by format. */
export interface Renderers<T> {
  readonly table: (value: T, options: ReporterOptions) => Iterable<string>;
  readonly markdown: (value: T, options: ReporterOptions) => Iterable<string>;
  readonly json: (value: T) => Iterable<string>;
}

/** The output that `--output` names, already checked to be writable, and the format of `--format`. */
export interface DocumentOutput<T> {
  readonly write: (value: T) => Promise<void>;
  readonly discard: () => void;
}

/** `reads`: the input files, which the output must not overwrite. Throws `UsageError` before any work starts. */
export async function documentOutput<T>(
  context: CommandContext,
  renderers: Renderers<T>,
  reads: readonly string[],
): Promise<DocumentOutput<T>> {
  const format = context.flags.choice('format', ['table', 'markdown', 'json']) ?? 'table';
  const output = context.flags.text('output');
  const file = output === undefined || output === '-' ? null : output;
  const [place] = await prepare(context, [{ format: 'json', file }], reads);
  if (place === undefined) throw new Error('one place was asked for and none was prepared');
  const options = reporterOptions(context, file !== null);
  return {
    write: (value) => place.write(renderers[format](value, options)),
    discard: place.discard,
  };
}
