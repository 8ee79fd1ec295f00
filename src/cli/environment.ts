import type { Command, Option } from 'commander';
import { nearest } from '../config/suggest.ts';
import { UsageError } from '../model/usage-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'REGAUDIT_';

/** `--fail-on` → `REGAUDIT_FAIL_ON` */
export function variableOf(option: Option): string {
  return `${prefix}${(option.long ?? '--').slice(2).replaceAll('-', '_').toUpperCase()}`;
}

/**
 * Applies flags from the environment unless the command line sets them. An empty variable counts as unset.
 * Throws `UsageError` for an invalid value.
 */
export function applyEnvironment(command: Command, environment: Environment): void {
  for (const owner of lineage(command)) {
    for (const option of owner.options) {
      const value = environment[variableOf(option)];
      const name = option.attributeName();
      if (value === undefined || value === '') continue;
      if (owner.getOptionValueSource(name) === 'cli') continue;
      const read = meaning(option, value);
      if (read !== undefined) owner.setOptionValueWithSource(name, read, 'env');
    }
  }
}

const clock = `${prefix}NOW`;
/** The key of the pseudonyms of `--redact`; a variable and no flag, since it is a secret. */
export const redactKey = `${prefix}REDACT_KEY`;

/**
 * The time that the environment says it is, so that a run can be had again; null: it says nothing.
 * Throws `UsageError` for what is no time.
 */
export function clockOf(environment: Environment): Date | null {
  const text = environment[clock];
  if (text === undefined || text === '') return null;
  const time = new Date(/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : Number.NaN);
  if (!Number.isNaN(time.getTime())) return time;
  throw new UsageError(`${clock}="${text}" is not a time`, 'write 2026-01-31T09:00:00Z');
}

/** Names of credentials that an entry of a configuration may choose (`passwordEnv`). */
const credential = /_(?:USER|USERNAME|PASSWORD|TOKEN|SECRET)(?:_FILE)?$/;

/** Warnings about unknown REGAUDIT_ variables, so that a typo is noticed. */
export function unknownVariables(program: Command, environment: Environment): string[] {
  const known = new Set([clock, redactKey, ...everyOption(program).map(variableOf)]);
  return Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !known.has(name) && !credential.test(name))
    .map((name) => {
      const meant = nearest(bare(name), [...known].map(bare));
      const hint = meant === undefined ? '' : `, did you mean ${prefix}${meant}?`;
      return `${name} is not a setting of regaudit${hint}`;
    });
}

function bare(name: string): string {
  return name.slice(prefix.length);
}

function everyOption(command: Command): Option[] {
  return [...command.options, ...command.commands.flatMap(everyOption)];
}

function lineage(command: Command): Command[] {
  return command.parent === null ? [command] : [command, ...lineage(command.parent)];
}

/** Undefined: this value does not set the flag. */
function meaning(option: Option, value: string): unknown {
  if (option.required || option.optional) {
    return option.parseArg === undefined ? value : option.parseArg(value, undefined);
  }
  const count = Number(value);
  // Only --verbose counts.
  if (option.parseArg !== undefined && Number.isInteger(count) && count >= 0) return count;
  const on = truth(variableOf(option), value);
  if (option.parseArg !== undefined) return on ? 1 : 0;
  if (!on) return undefined;
  return !option.negate;
}

function truth(name: string, value: string): boolean {
  switch (value.toLowerCase()) {
    case '1':
    case 'true':
    case 'yes':
    case 'on':
      return true;
    case '0':
    case 'false':
    case 'no':
    case 'off':
      return false;
    default:
      throw new UsageError(`${name}=${value} is neither true nor false`);
  }
}
