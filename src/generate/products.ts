import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsFor } from '../catalogue/coverage.ts';
import type { Provider } from '../providers/contract.ts';
import { type Entry, type Tree, treeOf } from './catalogue.ts';
import { checkPage, checkPagesIndex } from './check-pages.ts';
import { catalogueTable, checksReadme, providerReadme } from './documents.ts';
import { failableSource, fixesLacking } from './failable.ts';
import { checksIndex, providersIndex } from './indexes.ts';
import { licences } from './licences.ts';
import { pageAssets } from './page-assets.ts';
import {
  checkJsonSchema,
  configJsonSchema,
  differenceJsonSchema,
  reportJsonSchema,
  snapshotJsonSchema,
} from './schemas.ts';

/** A generated file: path and text. */
export interface Product {
  readonly path: string;
  readonly text: string;
}

/** The result of `generate`. */
export interface Generated {
  /** All generated files; empty while the tree has errors. */
  readonly products: readonly Product[];
  /** One line for each thing that people must add or fix. */
  readonly missing: readonly string[];
}

/** Reads the tree, writes nothing. */
export async function generated(root: string): Promise<Generated> {
  const tree = await treeOf(root);
  const faults = [...tree.faults, ...markersLacking(root, tree)];
  if (faults.length > 0) return { products: [], missing: faults };
  return {
    products: productsOf(root, tree),
    missing: tree.providers.flatMap((provider) => fixesLacking(tree.entries, provider)),
  };
}

function productsOf(root: string, { entries, providers }: Tree): Product[] {
  return [
    { path: 'checks/index.ts', text: checksIndex(entries) },
    { path: 'src/providers/index.ts', text: providersIndex(providers.map(({ id }) => id)) },
    { path: 'checks/README.md', text: checksReadme(entries, providers) },
    between(root, 'README.md', 'checks', catalogueTable(entries, providers)),
    { path: 'src/schema/check.schema.json', text: json(checkJsonSchema()) },
    { path: 'src/schema/config.schema.json', text: json(configJsonSchema(entries, providers)) },
    { path: 'src/schema/snapshot.schema.json', text: compactJson(snapshotJsonSchema()) },
    { path: 'src/schema/report.schema.json', text: json(reportJsonSchema()) },
    { path: 'src/schema/diff.schema.json', text: json(differenceJsonSchema()) },
    {
      path: 'src/reporters/html/assets.ts',
      text: pageAssets(
        read(root, 'src/reporters/html/page.css'),
        read(root, 'src/reporters/html/page.js'),
      ),
    },
    { path: 'docs/licences.md', text: licences(read(root, 'package-lock.json'), sources(root)) },
    { path: 'docs/checks/README.md', text: checkPagesIndex(entries) },
    ...entries.map((entry) => ({
      path: `docs/checks/${entry.check.id}.md`,
      text: checkPage(entry, providers),
    })),
    ...providers.flatMap((provider) => providerProducts(root, provider, entries)),
  ];
}

function providerProducts(root: string, provider: Provider, entries: readonly Entry[]): Product[] {
  const folder = `src/providers/${provider.id}`;
  const checks = entries.map(({ check }) => check);
  return [
    between(root, `${folder}/README.md`, 'facts', providerReadme(provider, checks)),
    { path: `${folder}/${provider.permissionFile}`, text: permissionsFor(checks, provider) },
    { path: `${folder}/failable.ts`, text: failableSource(entries, provider) },
  ];
}

/** The text of everything that may come into the build. */
function sources(root: string): readonly string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generate'))
    .map((path) => read(root, join('src', path)));
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** One line for each handwritten file that lacks the markers of its generated part. */
function markersLacking(root: string, { providers }: Tree): string[] {
  const marked = [
    ['README.md', 'checks'],
    ...providers.map(({ id }) => [`src/providers/${id}/README.md`, 'facts']),
  ] as const;
  return marked.flatMap(([path = '', marker = '']) => {
    const text = existsSync(join(root, path)) ? read(root, path) : '';
    const [begin, end] = markers(marker);
    const there = text.includes(begin) && text.indexOf(begin) < text.indexOf(end);
    return there ? [] : [`${path} has no lines ${begin} and ${end}`];
  });
}

function markers(name: string): readonly [string, string] {
  return [`<!-- generated: ${name} -->`, `<!-- end of generated: ${name} -->`];
}

/** Replaces the text between the markers of this name; the rest is handwritten. */
function between(root: string, path: string, marker: string, inside: string): Product {
  const text = read(root, path);
  const [begin, end] = markers(marker);
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  return { path, text: `${before}\n${inside}\n${text.slice(text.indexOf(end))}` };
}

function json(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** On one line: indented, the schema of every fact would be a tenth of the package. */
function compactJson(schema: object): string {
  return `${JSON.stringify(schema)}\n`;
}
