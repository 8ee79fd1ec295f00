import type { Flag, Grammar } from './grammar.ts';

/** A completion script for zsh: a file `_regaudit` in a folder of `$fpath`. */
export function zsh(name: string, grammars: readonly Grammar[]): string {
  return `${[
    `#compdef ${name}`,
    '',
    ...grammars.flatMap((grammar) => [...functionOf(name, grammar, grammars), '']),
    `if [ "$funcstack[1]" = "_${name}" ]; then`,
    `  _${name} "$@"`,
    'else',
    `  compdef _${name} ${name}`,
    'fi',
  ].join('\n')}\n`;
}

function functionOf(name: string, grammar: Grammar, grammars: readonly Grammar[]): string[] {
  const { path, flags, words, takesFile } = grammar;
  const own = functionName(name, path);
  const subs = grammars.filter(
    ({ path: other }) => other.length === path.length + 1 && startsWith(other, path),
  );
  const specs = flags.map((flag) => `    ${specOf(flag)} \\`);
  if (subs.length === 0) {
    const rest = words.length > 0 ? `'*:word:(${words.map(({ word }) => word).join(' ')})'` : '';
    return [
      `${own}() {`,
      '  _arguments -s \\',
      ...specs,
      `    ${rest || (takesFile ? "'*:file:_files'" : "'*: :'")}`,
      '}',
    ];
  }
  const described = words.map(({ word, description }) => quoted(`${word}:${plain(description)}`));
  const calls = subs.map((sub) => `        ${sub.path.at(-1)}) ${functionName(name, sub.path)} ;;`);
  return [
    `${own}() {`,
    '  local line state',
    '  local -a commands',
    `  commands=(${described.join(' ')})`,
    '  _arguments -C -s \\',
    ...specs,
    "    '1: :->command' \\",
    "    '*:: :->rest'",
    '  case "$state" in',
    '    command) _describe command commands ;;',
    '    rest)',
    '      case "$line[1]" in',
    ...calls,
    '      esac',
    '      ;;',
    '  esac',
    '}',
  ];
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((word, index) => path[index] === word);
}

function functionName(name: string, path: readonly string[]): string {
  return `_${[name, ...path].join('_')}`;
}

/** `'(-f --format)'{-f,--format}'[description]:word:(table json)'` */
function specOf({ forms, description, follows }: Flag): string {
  const head = forms.length > 1 ? `'*'{${forms.join(',')}}` : `'*'${forms.join('')}`;
  const value =
    follows === 'nothing'
      ? ''
      : follows === 'file'
        ? ':file:_files'
        : follows === 'anything'
          ? ':value: '
          : `:word:(${follows.join(' ')})`;
  return `${head}${quoted(`[${plain(description)}]${value}`)}`;
}

/** Removes characters with a meaning in zsh specifications. */
function plain(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, ' ').replaceAll(/\s+/g, ' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
