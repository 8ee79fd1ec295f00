import type { Command } from 'commander';
import type { Environment } from './environment.ts';
import { type Flags, flagsOf } from './flags.ts';
import { type Notes, notes } from './notes.ts';
import { canDraw } from './progress.ts';

/** What every command is given. */
export interface Shell {
  readonly flags: Flags;
  readonly notes: Notes;
  readonly environment: Environment;
  readonly verbose: number;
  readonly tool: { readonly name: string; readonly version: string };
  /** Whether a live display may be drawn. */
  readonly live: boolean;
  /** The tree of all commands, for those that describe it. */
  readonly program: Command;
}

/** In: the command that runs, its flags read from arguments and environment. */
export function shellOf(command: Command, program: Command, environment: Environment): Shell {
  const flags = flagsOf(command);
  const quiet = flags.on('quiet');
  const verbose = flags.count('verbose');
  const live = !quiet && !flags.off('progress') && canDraw(environment);
  const tool = { name: program.name(), version: program.version() ?? '' };
  return { flags, notes: notes({ quiet, verbose }), environment, verbose, tool, live, program };
}
