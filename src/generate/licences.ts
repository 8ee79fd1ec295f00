import { table } from './documents.ts';

/** A package as a lockfile has it, by its folder. */
interface Locked {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** In: the lockfile's text, and our sources. Out: the licences of the packages that the build is made from, as a page. */
export function licences(lockfile: string, sources: readonly string[]): string {
  const { packages } = JSON.parse(lockfile) as Locked;
  const folders = new Set<string>();
  const add = (name: string, from: string) => {
    const folder = folderOf(packages, name, from);
    if (folder === undefined || folders.has(folder)) return;
    folders.add(folder);
    for (const one of Object.keys(packages[folder]?.dependencies ?? {})) add(one, folder);
  };
  for (const name of new Set(sources.flatMap(imported))) add(name, '');
  const copyleft = Object.entries(packages).flatMap(([folder, { license = '' }]) =>
    license.includes('GPL') && !folders.has(folder) ? [folder] : [],
  );
  return [
    '<!-- Generated from package-lock.json by npm run generate. -->',
    '# Packages that regaudit is built from, and their licences',
    '',
    'The build holds what it needs of them, and installs none. The texts of their licences are in `dist/THIRD_PARTY_NOTICES`.',
    '',
    tableOf(packages, [...folders]),
    '',
    '## Development only, under a copyleft licence',
    '',
    'The tests run these. No part of them is in the build, and neither the package nor the container image has them.',
    '',
    tableOf(packages, copyleft),
    '',
  ].join('\n');
}

function tableOf(packages: Locked['packages'], folders: readonly string[]): string {
  const rows = folders.map((folder) => {
    const { version = '', license = 'not stated' } = packages[folder] ?? {};
    return [folder.replace(/^.*node_modules\//, ''), version, license];
  });
  const lines = [...new Map(rows.map((row) => [row.join(' '), row])).values()].sort((a, b) =>
    a.join(' ') < b.join(' ') ? -1 : 1,
  );
  return table(['package', 'version', 'licence'], lines);
}

/** The packages that a source names. Types alone do not come into the build. */
function imported(source: string): readonly string[] {
  const statements = source.replaceAll(/^import type [^;]*;$/gm, '');
  const named = statements.matchAll(
    /(?:from|import\(|require\()\s*'((?:@[\w.-]+\/)?[\w.-]+)[\w./-]*'/g,
  );
  return [...named].flatMap(([, name = '']) => (/^[@a-z]/.test(name) ? [name] : []));
}

/** Where a package finds another, as Node does: in its own folder first, then outwards. */
function folderOf(packages: Locked['packages'], name: string, from: string): string | undefined {
  for (let at = from; ; at = at.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    const folder = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[folder] !== undefined) return folder;
    if (at === '') return undefined;
  }
}
