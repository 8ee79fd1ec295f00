import type { ReporterOptions } from '../reporters/reporter.ts';
import { wantsColor } from './color.ts';
import type { CommandContext } from './command-context.ts';

/** Reporter options from flags, environment and terminal. */
export function reporterOptions(
  { flags, environment, verbose, stdout }: CommandContext,
  toFile: boolean,
): ReporterOptions {
  const when = flags.off('color')
    ? 'never'
    : (flags.choice('color', ['auto', 'always', 'never']) ?? 'auto');
  const terminal = !toFile && stdout.isTTY === true;
  return {
    color: wantsColor(when, toFile ? {} : environment, terminal),
    // Some terminals report 0 columns.
    width: (terminal && stdout.columns) || 80,
    verbose,
    details: flags.on('details') || verbose > 0,
    suppressed: flags.on('sarifIncludeSuppressed'),
    unicode: knowsUnicode(environment),
  };
}

/** A locale without UTF-8 disables Unicode. Most containers set no locale and display UTF-8. */
function knowsUnicode(environment: CommandContext['environment']): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return !locale || /utf-?8/i.test(locale);
}
