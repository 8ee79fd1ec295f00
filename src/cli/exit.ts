import type { CommanderError } from 'commander';
import { UsageError } from '../model/usage-error.ts';
import type { Log } from './log.ts';

/** Exit codes that are not decided by what was found. */
export const exit = { ok: 0, usage: 2, incomplete: 3, nothing: 4, bug: 70 } as const;

/**
 * In: whatever a command threw. Out: the exit code, after one clear message. A stack is shown for a
 * fault of ours with `debug` only: users cannot do anything with it.
 */
export function explain(error: unknown, log: Log, debug: boolean): number {
  if (isFromCommander(error)) {
    // Without a command it has shown its help.
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

/** Not by its class: that would load commander a second time, wherever this file is used. */
function isFromCommander(error: unknown): error is CommanderError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

/** Commander's wording, in one line and with our way of suggesting. */
function plain(message: string): string {
  return message.replace(/\n\(Did you mean (.*)\?\)$/, ', did you mean $1?').replaceAll('\n', ' ');
}
