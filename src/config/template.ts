import { stringify } from 'yaml';
import { configSchema } from './schema.ts';

/** Schema annotations of a key. */
interface Described {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Described>>;
}

/**
 * A configuration to start from: every key with its description, all but `registries` commented out.
 * In: the schema's address for editors, and the target to begin with.
 */
export function template(schemaUrl: string, target: string): string {
  const keys: Readonly<Record<string, Described>> = configSchema.properties;
  const { registries, ...rest } = keys;
  const blocks = Object.entries(rest).map(([key, described]) => commented(block(key, described)));
  return [
    `# yaml-language-server: $schema=${schemaUrl}`,
    '# Configuration of regaudit. Everything is optional: remove the # before a key to set it.',
    '',
    `${remark(registries?.description ?? '')}${stringify({ registries: [target] })}`,
    ...blocks,
  ].join('\n');
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
