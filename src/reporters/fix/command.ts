import { safeText } from '../safe-text.ts';

/** A command of the catalogue with its placeholders filled in. */
export interface FilledCommand {
  /** Lines of a POSIX shell script. */
  readonly text: string;
  /** Names of the placeholders that a person must still fill in, without brackets. */
  readonly missing: readonly string[];
}

type State = 'bare' | 'single' | 'double' | 'comment';

const placeholder = /<([A-Za-z][A-Za-z0-9 ._-]{0,60})>/y;
const tame = /^[A-Za-z0-9][A-Za-z0-9._/:%-]*$/;
const longest = 1000;
/**
 * Ends of a quoted word for PowerShell (which takes typographic quotes for its own, and hands double ones on to
 * programs without escapes) and fish (`\\'`), and what cmd.exe runs in single quotes: people paste commands
 * there too. No vendor allows these in names.
 */
const otherShells = /['"`\u2018-\u201f\\&|<>^]/;

/**
 * Fills the placeholders of a command. In: a trusted command of the catalogue, and untrusted values by
 * placeholder name; `variables`: environment variables that hold a value instead. Out: the command, each value
 * quoted as one shell word; a placeholder without a usable value stays, quoted.
 */
export function fill(
  command: string,
  values: Readonly<Record<string, string | undefined>>,
  variables: Readonly<Record<string, string>> = {},
): FilledCommand {
  const missing = new Set<string>();
  let text = '';
  let state: State = 'bare';
  for (let at = 0; at < command.length; ) {
    placeholder.lastIndex = at;
    const [whole = '', name = ''] = placeholder.exec(command) ?? [];
    if (whole === '') {
      const step = command[at] === '\\' && state !== 'single' && state !== 'comment' ? 2 : 1;
      const piece = command.slice(at, at + step);
      state = next(state, piece, text);
      text += piece;
      at += step;
      continue;
    }
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const alone = /(?:^|\s)$/.test(text) && /^(?:\s|$)/.test(command.slice(at + whole.length));
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const word =
      value === undefined ? expansion(variable, state) : wordOf(value, state, alone, text);
    if (word === null && state !== 'comment') missing.add(name);
    text += word ?? (state === 'bare' ? quoted(whole) : whole);
    at += whole.length;
  }
  return { text, missing: [...missing] };
}

function next(state: State, piece: string, before: string): State {
  switch (state) {
    case 'bare':
      if (piece === "'") return 'single';
      if (piece === '"') return 'double';
      return piece === '#' && /(?:^|\s)$/.test(before) ? 'comment' : 'bare';
    case 'single':
      return piece === "'" ? 'bare' : 'single';
    case 'double':
      return piece === '"' ? 'bare' : 'double';
    case 'comment':
      return piece === '\n' ? 'bare' : 'comment';
  }
}

/** The expansion of a variable, which stays one shell word; null: there is none, or nothing expands it there. */
function expansion(variable: string | undefined, state: State): string | null {
  if (variable === undefined || state === 'single' || state === 'comment') return null;
  return state === 'bare' ? `"$${variable}"` : `\${${variable}}`;
}

/** The value, quoted for its position; null: it cannot be used there. */
function wordOf(value: string, state: State, alone: boolean, before: string): string | null {
  if (!presentable(value)) return null;
  if (state === 'comment' || tame.test(value)) {
    return state === 'bare' && alone ? quoted(value) : value;
  }
  if (state === 'bare') return alone ? quoted(value) : null;
  const json = state === 'single' && /'[{[][^']*"$/.test(before);
  return json ? inSingle(JSON.stringify(value).slice(1, -1)) : null;
}

/**
 * Whether a value is safe to show and to pass as an argument: no hidden characters, not too long, not an
 * option, not a file or URL reference that a vendor's CLI would load, and no quotes of any shell.
 */
function presentable(value: string): boolean {
  return (
    value !== '' &&
    safeText(value, longest) === value &&
    !/^[-@]|^[a-z]+:\/\/|##[a-z]*\[/i.test(value) &&
    !otherShells.test(value)
  );
}

function quoted(value: string): string {
  return `'${inSingle(value)}'`;
}

function inSingle(value: string): string {
  return value.replaceAll("'", `'\\''`);
}
