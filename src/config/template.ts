import { stringify } from 'yaml';
import { configSchema } from './schema.ts';

/** Schema annotations of a key. */
interface Described {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Described>>;
}

/** An entry of `registries`, and a comment that stands before it. */
export interface StartingEntry {
  readonly entry: string | { readonly target: string; readonly [option: string]: unknown };
  readonly remark: string | null;
}

/**
 * A configuration to start from: every key with its description, all but `registries` commented out.
 * `schemaUrl`: the schema's address for editors; `entries`: the registries to begin with.
 */
export function template(schemaUrl: string, entries: readonly StartingEntry[]): string {
  const keys: Readonly<Record<string, Described>> = configSchema.properties;
  const { registries, ...rest } = keys;
  const blocks = Object.entries(rest).map(([key, described]) => commented(block(key, described)));
  return [
    `# yaml-language-server: $schema=${schemaUrl}`,
    '# Configuration of regaudit. Everything is optional: remove the # before a key to set it.',
    '',
    `${remark(registries?.description ?? '')}${registriesText(entries)}`,
    ...blocks,
  ].join('\n');
}

/** The list `registries`, each entry with its comment. */
export function registriesText(entries: readonly StartingEntry[]): string {
  return `registries:\n${entries.map(startingEntry).join('')}`;
}

function startingEntry({ entry, remark: text }: StartingEntry): string {
  return indented(`${remark(text ?? '')}${stringify([entry])}`);
}

function block(key: string, described: Described): string {
  const { description = '', properties } = described;
  if (properties === undefined)
    return `${remark(description)}${stringify({ [key]: shown(described) })}`;
  const inner = Object.entries(properties).map(([name, property]) => block(name, property));
  return `${remark(description)}${key}:\n${inner.map((text) => indented(text)).join('')}`;
}

/** The default, so that uncommenting it changes nothing; else an example. */
function shown({ default: value, examples }: Described): unknown {
  return Array.isArray(value) || value === undefined ? examples?.[0] : value;
}

const remark = (text: string) => (text === '' ? '' : `# ${text}\n`);
const indented = (text: string) => text.replace(/^/gm, '  ').replace(/ {2}$/, '');

/** Comments out every line that is not a comment. */
function commented(text: string): string {
  return text.replace(/^(?!# )(?=.)/gm, '# ');
}
