import type { Command } from 'commander';
import { didYouMean } from '../config/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import { variableOf } from './environment.ts';

/** Flags by attribute name (`failOn`), validated when read. */
export interface Flags {
  readonly on: (name: string) => boolean;
  /** True if True if `--no-<name>` was given. */
  readonly off: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[] | undefined;
  readonly count: (name: string) => number;
  readonly whole: (name: string, least: number, most: number) => number | undefined;
  readonly choice: <const W extends string>(name: string, words: readonly W[]) => W | undefined;
  /** How the user wrote it: `--fail-on` or `REGAUDIT_FAIL_ON`. */
  readonly nameOf: (name: string) => string;
}

/** Reading an invalid flag throws a `UsageError` that names it as the user wrote it. */
export function flagsOf(command: Command): Flags {
  const values: Readonly<Record<string, unknown>> = command.optsWithGlobals();
  const nameOf = (name: string) => {
    const owner = [command, command.parent].find((one) => one?.getOptionValueSource(name));
    const option = owner?.options.find((one) => one.attributeName() === name);
    if (option === undefined) return name;
    return owner?.getOptionValueSource(name) === 'env' ? variableOf(option) : (option.long ?? name);
  };
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    nameOf,
    text,
    on: (name) => values[name] === true,
    off: (name) => values[name] === false,
    list(name) {
      const value = values[name];
      if (!Array.isArray(value)) return undefined;
      // An empty list must not mean "everything".
      if (value.length === 0) throw new UsageError(`${nameOf(name)}: no value given`);
      return value.map(String);
    },
    count: (name) => Number(values[name] ?? 0),
    whole(name, least, most) {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= least && number <= most) return number;
      throw new UsageError(
        `${nameOf(name)}: "${value}" is not a whole number from ${least} to ${most}`,
      );
    },
    choice(name, words) {
      const value = text(name);
      if (value === undefined) return undefined;
      const word = words.find((one) => one === value);
      if (word !== undefined) return word;
      throw new UsageError(
        `${nameOf(name)}: "${value}" is none of ${words.join(', ')}${didYouMean(value, words)}`,
      );
    },
  };
}
