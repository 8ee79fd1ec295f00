import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsFor } from '../catalogue/coverage.ts';
import type { Provider } from '../providers/provider.ts';
import { catalogue, type Entry, loadProvider, providerIds } from './catalogue.ts';
import { checkPage, checkPagesIndex } from './check-pages.ts';
import { contractSource } from './contract-source.ts';
import { catalogueTable, checksReadme, providerReadme } from './documents.ts';
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

/** Everything that is generated and committed. Reads the tree, writes nothing. */
export async function products(root: string): Promise<Product[]> {
  const entries = await catalogue(root);
  const ids = providerIds(root);
  const providers = await Promise.all(ids.map((id) => loadProvider(root, id)));
  return [
    { path: 'checks/index.ts', text: checksIndex(entries) },
    { path: 'src/providers/index.ts', text: providersIndex(ids) },
    { path: 'checks/README.md', text: checksReadme(entries, providers) },
    {
      path: 'README.md',
      text: between(read(root, 'README.md'), 'checks', catalogueTable(entries, providers)),
    },
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
    ...providers.flatMap((provider) => providerProducts(root, provider, entries)),
  ];
}

function providerProducts(root: string, provider: Provider, entries: readonly Entry[]): Product[] {
  const folder = `src/providers/${provider.id}`;
  const readme = read(root, `${folder}/README.md`);
  const checks = entries.map(({ check }) => check);
  return [
    {
      path: `${folder}/README.md`,
      text: between(readme, 'facts', providerReadme(provider, checks)),
    },
    { path: `${folder}/${provider.permissionFile}`, text: permissionsFor(checks, provider) },
  ];
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Replaces what stands between the markers of this name; the rest of the file is written by people. */
function between(text: string, marker: string, inside: string): string {
  const begin = `<!-- generated: ${marker} -->`;
  const end = `<!-- end of generated: ${marker} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the markers of "${marker}" are missing`);
  return `${text.slice(0, from + begin.length)}\n${inside}\n${text.slice(to)}`;
}

function json(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
