import type { Command } from 'commander';
import { type CommandContext, commandContext } from './command-context.ts';
import { applyEnvironment, clockOf, unknownVariables } from './environment.ts';
import type { Host } from './host.ts';

/** The implementation of a command. Flags are in the context. Returns the exit code. */
export type Work = (context: CommandContext, ...words: never[]) => Promise<number>;

/** The running command, its program and its host. */
export interface Invocation {
  readonly command: Command;
  readonly program: Command;
  readonly host: Host;
}

/** Applies flags from the environment, then runs the command. Returns the exit code. */
export async function runCommand(
  { command, program, host }: Invocation,
  load: () => Promise<Work>,
  words: readonly unknown[],
): Promise<number> {
  const { environment } = host;
  applyEnvironment(command, environment);
  const fixed = clockOf(environment);
  const context = commandContext(
    command,
    program,
    fixed === null ? host : { ...host, now: () => fixed },
  );
  for (const sentence of unknownVariables(program, environment)) {
    context.log.say(`warning: ${sentence}`);
  }
  if (fixed !== null) context.log.say(`the clock is fixed at ${fixed.toISOString()}`);
  const work = (await load()) as (
    context: CommandContext,
    ...words: readonly unknown[]
  ) => Promise<number>;
  return work(context, ...words);
}
