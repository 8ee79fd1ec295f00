import type { Command, Option } from 'commander';

/** What may follow a flag: one of these words, a file, anything, or nothing at all. */
export type Follows = readonly string[] | 'file' | 'anything' | 'nothing';

export interface Flag {
  /** `-f`, `--format` */
  readonly forms: readonly string[];
  readonly description: string;
  readonly follows: Follows;
}

interface Word {
  readonly word: string;
  readonly description: string;
}

/** One command, as far as a shell has to know it. */
export interface Grammar {
  /** The words that lead to it, without `regaudit`; the first command has none. */
  readonly path: readonly string[];
  readonly flags: readonly Flag[];
  /** What may be its next word. */
  readonly words: readonly Word[];
  /** Whether a file may be. */
  readonly takesFile: boolean;
}

/** Words that arguments and flags can be completed with, by name: `check`, `format`. */
export type Values = Readonly<Record<string, readonly string[]>>;

const files = ['config', 'output', 'from', 'file', 'baseline', 'write-baseline', 'old', 'new'];

/** In: the tree of commands and the values of its flags. Out: every command of the tree. */
export function grammarsOf(
  command: Command,
  values: Values,
  path: readonly string[] = [],
): Grammar[] {
  const names = command.registeredArguments.map((argument) => argument.name());
  const own: Grammar = {
    path,
    flags: [...inherited(command), ...ownFlags(command)].map((option) => flagOf(option, values)),
    words: [
      ...command.commands.map((sub) => ({ word: sub.name(), description: sub.description() })),
      ...names.flatMap((name) => (values[name] ?? []).map((word) => ({ word, description: '' }))),
    ],
    takesFile: names.some((name) => files.includes(name)),
  };
  return [
    own,
    ...command.commands.flatMap((sub) => grammarsOf(sub, values, [...path, sub.name()])),
  ];
}

/** The flags of the first command are those of all. */
function inherited({ parent }: Command): readonly Option[] {
  if (parent === null) return [];
  return [...inherited(parent), ...parent.options.filter(({ long }) => long !== '--version')];
}

function ownFlags(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

function flagOf(option: Option, values: Values): Flag {
  const name = (option.long ?? '').slice(2);
  return {
    forms: [option.short, option.long].filter((form) => form !== undefined),
    description: option.description,
    follows: option.required ? follows(name, values) : 'nothing',
  };
}

function follows(name: string, values: Values): Follows {
  if (files.includes(name)) return 'file';
  return values[name === 'skip-check' ? 'check' : name] ?? 'anything';
}
