import type { CommanderError } from 'commander';
import { UsageError } from '../model/usage-error.ts';
import type { Log } from './log.ts';

/** Exit codes that do not depend on findings. */
export const exit = {
  ok: 0,
  usage: 2,
  incomplete: 3,
  nothing: 4,
  bug: 70,
  /** Of a shard alone (EX_TEMPFAIL of sysexits.h). */
  again: 75,
} as const;

/**
 * Reports what a command threw in one message and returns the exit code. Bugs show a stack only with `debug`.
 */
export function explain(error: unknown, log: Log, debug: boolean): number {
  if (isFromCommander(error)) {
    // Without a command, commander has printed the help.
    if (error.code !== 'commander.help') log.error(plain(error.message));
    return exit.usage;
  }
  if (error instanceof UsageError) {
    const lines = error.message.split('\n').map((line) => `error: ${line}`);
    const hint = error.hint === undefined ? [] : [`hint: ${error.hint}`];
    log.error([...lines, ...hint].join('\n'));
    return exit.usage;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  log.error(`error: a fault in regaudit, please report it: ${message}`);
  if (debug && error instanceof Error) log.error(error.stack ?? '');
  else log.error('hint: --debug shows where it happened');
  return exit.bug;
}

/** Checks the name, not the class, so that commander is not loaded a second time. */
function isFromCommander(error: unknown): error is CommanderError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

/** Commander's message in one line, with our suggestions. */
function plain(message: string): string {
  return message.replace(/\n\(Did you mean (.*)\?\)$/, ', did you mean $1?').replaceAll('\n', ' ');
}
