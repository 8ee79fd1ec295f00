import type { Command } from 'commander';
import { applyEnvironment, type Environment, unknownVariables } from './environment.ts';
import { type Shell, shellOf } from './shell.ts';

/** A command's work: flags are in the shell, arguments follow. Out: the exit code. */
export type Work = (shell: Shell, ...words: never[]) => Promise<number>;

/** Which command runs, of which program, and where. */
export interface Invocation {
  readonly command: Command;
  readonly program: Command;
  readonly environment: Environment;
}

/** Puts the environment under the flags, then does the work. Out: the exit code. */
export async function runCommand(
  { command, program, environment }: Invocation,
  load: () => Promise<Work>,
  words: readonly unknown[],
): Promise<number> {
  applyEnvironment(command, environment);
  const shell = shellOf(command, program, environment);
  for (const sentence of unknownVariables(program, environment)) {
    shell.notes.say(`warning: ${sentence}`);
  }
  const work = (await load()) as (shell: Shell, ...words: readonly unknown[]) => Promise<number>;
  return work(shell, ...words);
}
