import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/*
 * A configuration that nobody named but that was found in a tree may be somebody else's: a scan of their pull
 * request reads it. It reads files of its own tree alone.
 */

/** The folder that a found configuration may read from: its git work tree, else its own folder. */
export async function treeOf(file: string): Promise<string> {
  const own = dirname(resolve(file));
  for (let folder = own; ; folder = dirname(folder)) {
    if (await exists(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return own;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Throws `UsageError` for a file outside the tree, also through a symbolic link, and for what is no regular file
 * or folder. `at`: where the configuration names it. A file that does not exist is left to whoever reads it.
 */
export async function refuseOutside(tree: string, file: string, at: string): Promise<void> {
  const root = await realpath(tree);
  const written = resolve(file);
  // Before it is looked at: on Windows a look at `//host/share` already signs in to that host.
  const named = isWithin(tree, written) || isWithin(root, written);
  const real = named ? await realpath(file).catch(() => written) : written;
  if (!named || !isWithin(root, real)) {
    throw new UsageError(
      `${at}: a configuration that was found, not named, reads no file outside its own tree`,
      'name it with --config once you have read it',
    );
  }
  await refuseIrregular(real, file, at);
}

function isWithin(folder: string, path: string): boolean {
  const steps = relative(folder, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`) && resolve(steps) !== steps;
}

/** Throws `UsageError` for a pipe or device: only the command line may name one. */
export async function refuseIrregular(path: string, file: string, at: string): Promise<void> {
  const kind = await stat(path).catch(() => null);
  if (kind !== null && !kind.isFile() && !kind.isDirectory())
    throw new UsageError(`${at}: ${file} is neither a file nor a folder`);
}
