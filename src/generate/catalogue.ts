import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cases } from '../engine/cases.ts';
import type { AnyCheck } from '../engine/check.ts';
import type { Provider } from '../providers/provider.ts';

/** The order of the themes, in the catalogue and in everything made from it. */
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

/** A check with its place in the tree and its examples. */
export interface Entry {
  readonly theme: Theme;
  readonly file: string;
  readonly name: string;
  readonly check: AnyCheck;
  readonly cases: Cases;
}

/** Reads the catalogue from the tree: the path is the identity. Throws when a file does not keep to it. */
export async function catalogue(root: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const theme of themes) {
    for (const id of idsOf(join(root, 'checks', theme))) {
      const file = `${theme}/${id}.ts`;
      const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
      const check = (await load(join(root, 'checks', file)))[name] as AnyCheck | undefined;
      if (check?.id !== id)
        throw new Error(`checks/${file} does not export ${name} with the id ${id}`);
      const examples = (await load(join(root, 'checks', theme, `${id}.cases.ts`)))[
        'default'
      ] as Cases;
      entries.push({ theme, file, name, check, cases: examples });
    }
  }
  return entries;
}

function idsOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.cases.ts'))
    .map((file) => file.slice(0, -3))
    .sort();
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(file).href);
}

/** The ids of the adapters: every folder of the providers room that has a front door. */
export function providerIds(root: string): string[] {
  return readdirSync(join(root, 'src/providers'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export async function loadProvider(root: string, id: string): Promise<Provider> {
  const { provider } = await load(join(root, 'src/providers', id, 'index.ts'));
  return provider as Provider;
}
