import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

const names = [
  'regaudit.yaml',
  'regaudit.yml',
  'regaudit.json',
  '.config/regaudit.yaml',
  '.github/regaudit.yaml',
];

/**
 * Looks for the configuration from a folder upwards, as far as the first one that holds `.git`.
 * Out: its path, or null. Throws `UsageError` when a folder holds two, or when one further up belongs
 * to somebody else: whoever can write there could send our credentials to an endpoint of their own.
 */
export async function discover(folder: string): Promise<string | null> {
  const start = resolve(folder);
  const trusted = await owners(start);
  for (let here = start; ; here = dirname(here)) {
    const found: string[] = [];
    for (const name of names) if (await owner(join(here, name))) found.push(join(here, name));
    const [first, second] = found;
    if (second !== undefined) {
      throw new UsageError(`both ${first} and ${second} are there`, 'choose one with --config');
    }
    if (first !== undefined) {
      if (here !== start && !trusted((await owner(first))?.uid)) {
        throw new UsageError(
          `${first} belongs to another user and is not used automatically`,
          'name it with --config, or use --no-config',
        );
      }
      return first;
    }
    if ((await owner(join(here, '.git'))) || dirname(here) === here) return null;
  }
}

/** Whose files are taken without being named: our own, root's, and those of the folder's owner. */
async function owners(folder: string): Promise<(uid: number | undefined) => boolean> {
  if (process.getuid === undefined) return () => true;
  const trusted = [0, process.getuid(), (await owner(folder))?.uid];
  return (uid) => trusted.includes(uid);
}

async function owner(path: string): Promise<{ uid: number } | undefined> {
  return await stat(path).catch(() => undefined);
}
