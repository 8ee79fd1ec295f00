import { groupsOf, type JsonObject, maybeString } from '../../../decode/fields.ts';
import { yamlValue } from '../../../decode/yaml.ts';

/*
 * The steps of a task, which an EncodedTask carries as YAML (ACR Tasks YAML reference).
 */

/** What the steps of a task are. `elsewhere`: in a file that is not read; `none`: a build alone. */
export type TaskSteps =
  | { readonly mode: 'none' }
  | { readonly mode: 'elsewhere' }
  | { readonly mode: 'unreadable' }
  /** The words of each command, the image first. */
  | { readonly mode: 'commands'; readonly commands: readonly (readonly string[])[] };

/** The text of an EncodedTask; null: the step is of another kind. */
export function taskText(step: JsonObject): string | null {
  const content = maybeString(step, 'encodedTaskContent');
  return content === null ? null : decoded(content);
}

export function decoded(content: string): string {
  return Buffer.from(content, 'base64').toString('utf8');
}

/** In: the text of an EncodedTask. */
export function stepsIn(text: string): TaskSteps {
  const unreadable = { mode: 'unreadable' } as const;
  const task = recordOf(yamlValue(text));
  const steps = task === null ? null : task['steps'];
  if (task === null || !Array.isArray(steps)) return unreadable;
  const alias = recordOf(task['alias']);
  // Aliases can be kept in another file.
  if (alias !== null && alias['src'] !== undefined) return unreadable;
  const names = alias === null ? null : recordOf(alias['values']);
  const commands: (readonly string[])[] = [];
  for (const entry of steps) {
    const step = recordOf(entry);
    const kinds = step === null ? [] : ['cmd', 'build', 'push'].filter((key) => key in step);
    if (step === null || kinds.length !== 1) return unreadable;
    if (kinds[0] !== 'cmd') continue;
    const { cmd } = step;
    const words = typeof cmd === 'string' ? wordsOf(withAliases(cmd, names)) : null;
    if (words === null || words.length === 0) return unreadable;
    commands.push(words);
  }
  return { mode: 'commands', commands };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value)) : null;
}

function withAliases(command: string, names: Readonly<Record<string, unknown>> | null): string {
  if (names === null) return command;
  return command.replace(/\$(\w+)/g, (whole, name: string) => {
    const value = names[name];
    return typeof value === 'string' ? value : whole;
  });
}

const wordForm = /\s*((?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+)/y;

/** The words of a command line; null: a quote does not end. */
export function wordsOf(command: string): readonly string[] | null {
  const words: string[] = [];
  wordForm.lastIndex = 0;
  const end = command.trimEnd().length;
  while (wordForm.lastIndex < end) {
    const [word] = groupsOf(wordForm, command);
    if (word === undefined) return null;
    words.push(
      word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_, single, double, escaped) =>
        [single, double, escaped].find((part) => part !== undefined),
      ),
    );
  }
  return words;
}
