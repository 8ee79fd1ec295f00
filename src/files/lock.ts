import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../model/usage-error.ts';
import { fsErrorMessage } from './fs-error-message.ts';

/** A lock that is older was left behind by a process that was killed. Milliseconds. */
const staleAfter = 60_000;
const pause = 20;
const mostTries = 1500;

/**
 * Waits until no other process changes the file, and keeps others from it. Returns what releases it. Throws
 * `UsageError` if the lock file cannot be written, or another process keeps it.
 */
export async function locked(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      return () => rm(lock, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
        throw new UsageError(`${lock} cannot be written: ${fsErrorMessage(error)}`);
    }
    if (await isStale(lock)) await removeStale(lock);
    await sleep(pause);
  }
  throw new UsageError(
    `another process keeps ${lock}`,
    'remove the file if no regaudit is running',
  );
}

async function isStale(lock: string): Promise<boolean> {
  return stat(lock).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > staleAfter,
    () => false,
  );
}

/** One process at a time, which looks once more: the lock may be a new one by then. */
async function removeStale(lock: string): Promise<void> {
  const turn = `${lock}.stale`;
  const handle = await open(turn, 'wx', 0o600).catch(() => null);
  if (handle === null) return;
  try {
    if (await isStale(lock)) await rm(lock, { force: true });
  } finally {
    await handle.close();
    await rm(turn, { force: true });
  }
}
