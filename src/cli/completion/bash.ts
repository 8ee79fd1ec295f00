import type { Follows, Grammar } from './grammar.ts';

/** A completion script for bash; works with the bash 3.2 of macOS. */
export function bash(name: string, grammars: readonly Grammar[]): string {
  const paths = grammars.map(({ path }) => path.join(' '));
  const cases = grammars.map((grammar) => [
    `    ${quoted(grammar.path.join(' '))})`,
    ...followCases(grammar),
    `      words=${quoted(offered(grammar).join(' '))}`,
    ...(grammar.takesFile ? ['      file=yes'] : []),
    '      ;;',
  ]);
  return `${[
    `# bash completion of ${name}: source it, or save it as a file of bash-completion`,
    `_${name}() {`,
    `  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"`,
    '  local path="" words="" file="" word i',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    `    word="\${COMP_WORDS[i]}"`,
    `    case "\${path:+$path }$word" in`,
    `      ${paths
      .filter((path) => path !== '')
      .map(quoted)
      .join('|')}) path="\${path:+$path }$word" ;;`,
    '    esac',
    '  done',
    '  COMPREPLY=()',
    '  case "$path" in',
    ...cases.flat(),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '  if [[ -n "$file" && "$current" != -* ]]; then',
    '    COMPREPLY+=($(compgen -f -- "$current"))',
    '  fi',
    '}',
    `complete -o filenames -F _${name} ${name}`,
  ].join('\n')}\n`;
}

function offered({ flags, words }: Grammar): string[] {
  return [...words.map(({ word }) => word), ...flags.flatMap(({ forms }) => forms)];
}

function followCases({ flags }: Grammar): string[] {
  const cases = flags.flatMap(({ forms, follows }) =>
    follows === 'nothing' ? [] : [`        ${forms.join('|')}) ${reply(follows)}; return ;;`],
  );
  return cases.length === 0 ? [] : ['      case "$previous" in', ...cases, '      esac'];
}

function reply(follows: Exclude<Follows, 'nothing'>): string {
  if (follows === 'anything') return 'COMPREPLY=()';
  const from = follows === 'file' ? '-f' : `-W ${quoted(follows.join(' '))}`;
  return `COMPREPLY=($(compgen ${from} -- "$current"))`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
