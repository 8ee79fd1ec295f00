import type { Command, Option } from 'commander';

/** The value of a flag: one of these words, a file, any text, or none. */
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

/** One command, as completion needs it. */
export interface Grammar {
  /** The path of subcommands, without `regaudit`; empty for the root command. */
  readonly path: readonly string[];
  readonly flags: readonly Flag[];
  /** Words that can come next. */
  readonly words: readonly Word[];
  /** Whether a file name can come next. */
  readonly takesFile: boolean;
}

/** Completions of arguments and flags by name: `check`, `format`. */
export type Values = Readonly<Record<string, readonly string[]>>;

const files = [
  'config',
  'output',
  'from',
  'file',
  'baseline',
  'write-baseline',
  'old',
  'new',
  'ca-file',
  'client-cert',
  'client-key',
  'checks-dir',
  'plugin',
  'folder',
];

/** Flattens the command tree, with the values of its flags. */
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

/** Global flags are those of the root command. */
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
