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
  const rows = Object.entries(packages)
    .filter(([folder, { dev }]) => folder !== '' && dev !== true)
    .map(([folder, { version = '', license = 'not stated' }]) => [
      folder.replace(/^.*node_modules\//, ''),
      version,
      license,
    ]);
  const lines = [...new Map(rows.map((row) => [row.join(' '), row])).values()].sort((a, b) =>
    a.join(' ') < b.join(' ') ? -1 : 1,
  );
  return [
    '<!-- Generated from package-lock.json by npm run generate. -->',
    '# Packages that are installed with regaudit, and their licences',
    '',
    table(['package', 'version', 'licence'], lines),
    '',
  ].join('\n');
}
