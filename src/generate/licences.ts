import { table } from './documents.ts';

/** A package as a lockfile has it, by its folder. */
interface Locked {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly license?: string; readonly dev?: boolean }>
  >;
}

/** In: the text of the lockfile. Out: the licences of what is installed with regaudit, as a page. */
export function licences(lockfile: string): string {
  const { packages } = JSON.parse(lockfile) as Locked;
  const installed = Object.entries(packages).filter(([, { dev }]) => dev !== true);
  const copyleft = Object.entries(packages).filter(
    ([, { dev, license = '' }]) => dev === true && license.includes('GPL'),
  );
  return [
    '<!-- Generated from package-lock.json by npm run generate. -->',
    '# Packages that are installed with regaudit, and their licences',
    '',
    tableOf(installed),
    '',
    '## Development only, under a copyleft licence',
    '',
    'The tests run these. They are not installed with regaudit, not linked into it and not in what is published: neither the package nor the container image contains them.',
    '',
    tableOf(copyleft),
    '',
  ].join('\n');
}

function tableOf(packages: readonly (readonly [string, Locked['packages'][string]])[]): string {
  const rows = packages
    .filter(([folder]) => folder !== '')
    .map(([folder, { version = '', license = 'not stated' }]) => [
      folder.replace(/^.*node_modules\//, ''),
      version,
      license,
    ]);
  const lines = [...new Map(rows.map((row) => [row.join(' '), row])).values()].sort((a, b) =>
    a.join(' ') < b.join(' ') ? -1 : 1,
  );
  return table(['package', 'version', 'licence'], lines);
}
