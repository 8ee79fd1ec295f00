import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A running moto server: a stand-in for AWS by other hands (github.com/getmoto/moto). */
export interface Moto {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const release = 'moto[server]==5.2.5';
const retryPolicy = { install: 300_000, start: 60_000 };
const run = promisify(execFile);

/**
 * Starts moto on a free port. `MOTO_SERVER` names an installed `moto_server`; without it one is
 * installed into a temporary directory, which needs Python 3 and its package index. Rejects when it
 * cannot be installed or does not answer in time.
 */
export async function startMoto(): Promise<Moto> {
  const folder = await mkdtemp(join(tmpdir(), 'regaudit-moto-'));
  const clear = () => rm(folder, { recursive: true, force: true });
  try {
    const program = process.env['MOTO_SERVER'] ?? (await installed(folder));
    const server = spawn(program, ['-H', '127.0.0.1', '-p', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    });
    try {
      const endpoint = await addressOf(server);
      return { endpoint, stop: () => ended(server).then(clear) };
    } catch (error) {
      await ended(server);
      throw error;
    }
  } catch (error) {
    await clear();
    throw error;
  }
}

async function installed(folder: string): Promise<string> {
  const timeout = retryPolicy.install;
  await run('python3', ['-m', 'venv', folder], { timeout });
  await run(join(folder, 'bin', 'pip'), ['install', '--quiet', release], { timeout });
  return join(folder, 'bin', 'moto_server');
}

/** The server writes its address to standard error once it answers. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const failed = (why: string) => reject(new Error(`${why}: ${said}`));
    const late = setTimeout(() => failed('moto has not started in time'), retryPolicy.start);
    server.once('error', ({ message }) => failed(message));
    server.once('exit', () => failed('moto has ended'));
    server.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    });
    late.unref();
  });
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.pid === undefined) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGKILL');
  });
}
