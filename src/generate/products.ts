import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsFor } from '../catalogue/coverage.ts';
import type { Provider } from '../providers/provider.ts';
import { type Entry, type Tree, treeOf } from './catalogue.ts';
import { checkPage, checkPagesIndex } from './check-pages.ts';
import { contractSource } from './contract-source.ts';
import { catalogueTable, checksReadme, providerReadme } from './documents.ts';
import { failableSource, fixesLacking } from './failable.ts';
import { checksIndex, providersIndex } from './indexes.ts';
import { pageAssets } from './page-assets.ts';
import {
  configJsonSchema,
  differenceJsonSchema,
  reportJsonSchema,
  snapshotJsonSchema,
} from './schemas.ts';

/** A generated file: where it stands and what must be in it. */
export interface Product {
  readonly path: string;
  readonly text: string;
}

/** What `generate` makes of a tree. */
export interface Generated {
  /** Everything that is generated and committed; nothing while the tree has a fault. */
  readonly products: readonly Product[];
  /** What people have to add or mend, a line each. */
  readonly missing: readonly string[];
}

/** Reads the tree, writes nothing. */
export async function generated(root: string): Promise<Generated> {
  const tree = await treeOf(root);
  if (tree.faults.length > 0) return { products: [], missing: tree.faults };
  const faults: string[] = [];
  const products = productsOf(root, tree, faults);
  if (faults.length > 0) return { products: [], missing: faults };
  return {
    products,
    missing: tree.providers.flatMap((provider) => fixesLacking(tree.entries, provider)),
  };
}

function productsOf(root: string, { entries, providers }: Tree, faults: string[]): Product[] {
  const readme = catalogueTable(entries, providers);
  return [
    { path: 'checks/index.ts', text: checksIndex(entries) },
    { path: 'src/providers/index.ts', text: providersIndex(providers.map(({ id }) => id)) },
    { path: 'checks/README.md', text: checksReadme(entries, providers) },
    ...between(root, 'README.md', 'checks', readme, faults),
    { path: 'src/plugins/contract-source.ts', text: contractSource(root) },
    { path: 'src/schema/config.schema.json', text: json(configJsonSchema(entries, providers)) },
    { path: 'src/schema/snapshot.schema.json', text: json(snapshotJsonSchema()) },
    { path: 'src/schema/report.schema.json', text: json(reportJsonSchema()) },
    { path: 'src/schema/diff.schema.json', text: json(differenceJsonSchema()) },
    {
      path: 'src/reporters/html/assets.ts',
      text: pageAssets(
        read(root, 'src/reporters/html/page.css'),
        read(root, 'src/reporters/html/page.js'),
      ),
    },
    { path: 'docs/checks/README.md', text: checkPagesIndex(entries) },
    ...entries.map((entry) => ({
      path: `docs/checks/${entry.check.id}.md`,
      text: checkPage(entry, providers),
    })),
    ...providers.flatMap((provider) => providerProducts(root, provider, entries, faults)),
  ];
}

function providerProducts(
  root: string,
  provider: Provider,
  entries: readonly Entry[],
  faults: string[],
): Product[] {
  const folder = `src/providers/${provider.id}`;
  const checks = entries.map(({ check }) => check);
  const head = providerReadme(provider, checks);
  return [
    ...between(root, `${folder}/README.md`, 'facts', head, faults),
    { path: `${folder}/${provider.permissionFile}`, text: permissionsFor(checks, provider) },
    { path: `${folder}/failable.ts`, text: failableSource(entries, provider) },
  ];
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The file with other text between the markers of this name; what stands around them is people's. */
function between(
  root: string,
  path: string,
  marker: string,
  inside: string,
  faults: string[],
): Product[] {
  const begin = `<!-- generated: ${marker} -->`;
  const end = `<!-- end of generated: ${marker} -->`;
  const text = existsSync(join(root, path)) ? read(root, path) : '';
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    faults.push(`${path} has no lines ${begin} and ${end}`);
    return [];
  }
  return [{ path, text: `${text.slice(0, from + begin.length)}\n${inside}\n${text.slice(to)}` }];
}

function json(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
