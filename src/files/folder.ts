import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/**
 * The same files, but each folder replaced by the files in it whose names end in this way, in the order of their names.
 * Throws `UsageError` for a folder without any.
 */
export function withFolders(
  files: readonly string[],
  ending: string,
  cwd: string,
): readonly string[] {
  return files.flatMap((file) => {
    if (file === '-' || !isFolder(resolve(cwd, file))) return [file];
    const inside = readdirSync(resolve(cwd, file)).filter((name) => name.endsWith(ending));
    if (inside.length === 0) throw new UsageError(`there is no *${ending} in ${file}`);
    return inside.sort().map((name) => join(file, name));
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
