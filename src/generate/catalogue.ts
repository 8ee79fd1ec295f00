import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cases } from '../engine/cases.ts';
import type { AnyCheck } from '../engine/check.ts';
import type { Provider } from '../providers/contract.ts';

/** The themes in catalogue order. */
export const themes = [
  'access',
  'network',
  'scanning',
  'signing',
  'tags',
  'retention',
  'logging',
  'storage',
  'upstreams',
  'platform',
] as const;
export type Theme = (typeof themes)[number];

/** A check with its path and cases. */
export interface Entry {
  readonly theme: Theme;
  readonly file: string;
  readonly name: string;
  readonly check: AnyCheck;
  readonly cases: Cases;
}

/** Checks and adapters of the tree, and one line per missing or wrong file. */
export interface Tree {
  readonly entries: readonly Entry[];
  readonly providers: readonly Provider[];
  readonly faults: readonly string[];
}

/** Reads the checks and adapters of the tree: the path is the identity. */
export async function treeOf(root: string): Promise<Tree> {
  const checks = await Promise.all(
    themesIn(root).map(async (theme) =>
      isTheme(theme) ? entriesOf(root, theme) : [`checks/${theme} is none of the themes`],
    ),
  );
  const providers = await Promise.all(foldersOf(join(root, 'src/providers')).map(providerIn(root)));
  const read = [...checks.flat(), ...providers];
  const faults = read.filter((one) => typeof one === 'string');
  return {
    entries: checks.flat().filter((one) => typeof one !== 'string'),
    providers: providers.filter((one) => typeof one !== 'string'),
    faults,
  };
}

/** Known themes in order, then unknown folders. */
function themesIn(root: string): readonly string[] {
  const folders = foldersOf(join(root, 'checks'));
  const known = themes.filter((theme) => folders.includes(theme));
  return [...new Set([...known, ...folders])];
}

function isTheme(name: string): name is Theme {
  return themes.some((theme) => theme === name);
}

function entriesOf(root: string, theme: Theme): Promise<(Entry | string)[]> {
  const files = readdirSync(join(root, 'checks', theme)).filter((file) => file.endsWith('.ts'));
  const ids = files.map((file) => file.replace(/(?:\.cases)?\.ts$/, ''));
  return Promise.all([...new Set(ids)].sort().map((id) => entryOf(root, theme, id, files)));
}

async function entryOf(
  root: string,
  theme: Theme,
  id: string,
  files: readonly string[],
): Promise<Entry | string> {
  const file = `${theme}/${id}.ts`;
  const examples = `${theme}/${id}.cases.ts`;
  if (!files.includes(`${id}.ts`)) return `checks/${examples} has no check beside it`;
  if (!files.includes(`${id}.cases.ts`)) return `checks/${file} has no cases file`;
  const name = exportName(id);
  try {
    const check = (await load(join(root, 'checks', file)))[name] as AnyCheck | undefined;
    if (check?.id !== id) return `checks/${file} does not export ${name} with the id ${id}`;
    const cases = (await load(join(root, 'checks', examples)))['default'] as Cases | undefined;
    if (cases?.check !== check) return `checks/${examples} does not hold the cases of ${id}`;
    return { theme, file, name, check, cases };
  } catch (error) {
    return `checks/${file} or its cases cannot be loaded: ${reasonOf(error)}`;
  }
}

/** The name under which the file of a check exports it: `tags-immutable` is `tagsImmutable`. */
export function exportName(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Every folder of the providers room is an adapter. */
function providerIn(root: string) {
  return async (id: string): Promise<Provider | string> => {
    const file = `src/providers/${id}/index.ts`;
    if (!existsSync(join(root, file))) return `${file} is missing`;
    try {
      const provider = (await load(join(root, file)))['provider'] as Provider | undefined;
      return provider?.id === id ? provider : `${file} does not export provider with the id ${id}`;
    } catch (error) {
      return `${file} cannot be loaded: ${reasonOf(error)}`;
    }
  };
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(file).href);
}

function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line;
}
