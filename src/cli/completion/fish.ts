import type { Flag, Grammar } from './grammar.ts';

/** A completion script for fish: `~/.config/fish/completions/regaudit.fish`. */
export function fish(name: string, grammars: readonly Grammar[]): string {
  const subs = (path: readonly string[]) =>
    grammars
      .filter(
        ({ path: other }) =>
          other.length === path.length + 1 && path.every((word, index) => other[index] === word),
      )
      .map(({ path: other }) => other.at(-1) ?? '');
  const lines = grammars.flatMap((grammar) => {
    const start = `complete -c ${name} -n ${quoted(condition(grammar.path, subs(grammar.path)))}`;
    return [
      ...grammar.words.map(
        ({ word, description }) => `${start} -f -a ${quoted(word)}${told(description)}`,
      ),
      ...grammar.flags.map((flag) => `${start} ${flagOf(flag)}${told(flag.description)}`),
      ...(grammar.takesFile ? [`${start} -F`] : []),
    ];
  });
  return `${[`# fish completion of ${name}`, `complete -c ${name} -f`, ...lines].join('\n')}\n`;
}

/** True if the command line ends at this command, not at a subcommand. */
function condition(path: readonly string[], below: readonly string[]): string {
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const notBelow = below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(' ')}`];
  return [...seen, ...notBelow].join('; and ');
}

function flagOf({ forms, follows }: Flag): string {
  const names = forms.map((form) =>
    form.startsWith('--') ? `-l ${form.slice(2)}` : `-s ${form.slice(1)}`,
  );
  const value =
    follows === 'nothing'
      ? []
      : follows === 'file'
        ? ['-r', '-F']
        : follows === 'anything'
          ? ['-x']
          : ['-x', `-a ${quoted(follows.join(' '))}`];
  return [...names, ...value].join(' ');
}

function told(description: string): string {
  return description === '' ? '' : ` -d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
