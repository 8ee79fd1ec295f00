import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../model/usage-error.ts';
import { fsErrorMessage } from './fs-error-message.ts';

/** A file that stays, under another name, where the run ends before it is whole. */
export interface PartFile {
  /** The name that it gets when it is whole. */
  readonly path: string;
  readonly append: (text: string) => Promise<void>;
  /** Gives it its name, and removes what earlier runs left of it. */
  readonly finish: () => Promise<void>;
  /** Closes it as it is. */
  readonly keep: () => Promise<void>;
}

/**
 * Begins `NAME.jsonl` in a folder, which is made where it is not there. Throws `UsageError` where it cannot be
 * written. Two runs may write the same one: each has a part of its own until the end.
 */
export async function partFile(folder: string, name: string, cwd: string): Promise<PartFile> {
  const place = resolve(cwd, folder);
  const whole = join(place, `${name}.jsonl`);
  const part = join(place, `${name}.${randomBytes(4).toString('hex')}.part`);
  const handle = await possible(whole, async () => {
    await mkdir(place, { recursive: true });
    return open(part, 'wx', 0o600);
  });
  const earlier = (await partsOf(folder, name, cwd)).filter((one) => one.endsWith('.part'));
  return {
    path: whole,
    append: (text) => possible(whole, () => handle.writeFile(text)),
    async finish() {
      await possible(whole, () => finished(handle));
      await possible(whole, () => rename(part, whole));
      for (const old of earlier) if (old !== part) await rm(old, { force: true });
    },
    keep: () => possible(whole, () => handle.close()),
  };
}

/** The file of this name and the parts of it that earlier runs left, the whole one first. */
export async function partsOf(
  folder: string,
  name: string,
  cwd: string,
): Promise<readonly string[]> {
  const place = resolve(cwd, folder);
  const all = await possible(place, () => readdir(place)).catch(() => []);
  const parts = all.filter((file) => file.startsWith(`${name}.`) && file.endsWith('.part')).sort();
  const whole = all.filter((file) => file === `${name}.jsonl`);
  return [...whole, ...parts].map((file) => join(place, file));
}

async function finished(handle: FileHandle): Promise<void> {
  await handle.sync();
  await handle.close();
}

async function possible<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new UsageError(`${path} cannot be written: ${fsErrorMessage(error)}`);
    throw error;
  }
}
