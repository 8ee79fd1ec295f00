import type { Command } from 'commander';
import { print } from '../files/output.ts';
import { type Flags, flagsOf } from './flags.ts';
import type { Host } from './host.ts';
import { type Log, log } from './log.ts';
import { canDraw } from './progress.ts';

/** What every command receives. */
export interface CommandContext extends Host {
  readonly flags: Flags;
  readonly log: Log;
  /** Writes to standard output; see `output.ts`. */
  readonly print: (pieces: Iterable<string> | AsyncIterable<string>) => Promise<void>;
  /** Aborted by `--timeout`; until then a pipe is waited for that is read before the scan. */
  readonly reading: AbortSignal | undefined;
  readonly verbose: number;
  readonly tool: { readonly name: string; readonly version: string };
  /** Whether a live display may be drawn. */
  readonly live: boolean;
  /** The command tree, for commands that describe it. */
  readonly program: Command;
}

/** Builds the context of the running command; its flags come from arguments and environment. */
export function commandContext(command: Command, program: Command, host: Host): CommandContext {
  const flags = flagsOf(command);
  const quiet = flags.on('quiet');
  const verbose = flags.count('verbose');
  const seconds = flags.whole('timeout', 1, 604_800);
  return {
    ...host,
    flags,
    log: log({ quiet, verbose }, host.stderr),
    print: (pieces) => print(pieces, host.stdout),
    reading: seconds === undefined ? undefined : AbortSignal.timeout(seconds * 1000),
    verbose,
    tool: { name: program.name(), version: program.version() ?? '' },
    live: !quiet && !flags.off('progress') && canDraw(host.environment, host.stderr),
    program,
  };
}
