import { fstatSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/** The name of a file in messages. */
export function fileName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/**
 * Throws `UsageError` if an output is also an input (`-`: standard input), also through symbolic and hard links.
 * An input may be the only copy: yesterday's snapshot cannot be taken again.
 */
export async function refuseInput(
  path: string,
  reads: readonly string[],
  cwd: string,
): Promise<void> {
  for (const read of reads) {
    if (!(await isSameFile(path, read, cwd))) continue;
    throw new UsageError(
      `${fileName(read)} is read by this run and would be overwritten`,
      read === path ? 'write to another file' : `${path} is the same file; write to another one`,
    );
  }
}

/** Whether both paths exist and are the same file. */
export async function isSameFile(one: string, other: string, cwd: string): Promise<boolean> {
  const [a, b] = await Promise.all([identityOf(one, cwd), identityOf(other, cwd)]);
  if (a === null || b === null) return false;
  // Some file systems have no inode numbers.
  return a.path === b.path || (a.ino !== 0n && a.ino === b.ino && a.dev === b.dev);
}

interface Identity {
  readonly path: string;
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Null if the file does not exist or cannot be accessed. */
async function identityOf(file: string, cwd: string): Promise<Identity | null> {
  try {
    if (file === '-') return { path: '-', ...fstatSync(0, { bigint: true }) };
    const path = resolve(cwd, file);
    const { dev, ino } = await stat(path, { bigint: true });
    return { path: await realpath(path), dev, ino };
  } catch {
    return null;
  }
}
