import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NpmRegistry, startRegistry } from './npm-registry.ts';

/** How long an installation may take, in milliseconds: on a busy machine it takes minutes. */
export const retryPolicy = 500_000;

/** The root of the checkout under test. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));

export interface Installing {
  readonly registry: NpmRegistry;
  /** Empty at first, and removed at the end. */
  readonly folder: string;
  /** Runs a program in the folder, with the registry on loopback as npm's. */
  readonly run: (
    program: string,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => Promise<Outcome>;
  readonly end: () => Promise<void>;
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  /** Both streams, one after the other. */
  readonly output: string;
}

/** Serves the packed release that REGAUDIT_TARBALL names. Rejects when there is none. */
export async function installing(): Promise<Installing> {
  const tarball = process.env['REGAUDIT_TARBALL'] ?? '';
  if (!existsSync(tarball)) throw new Error('REGAUDIT_TARBALL must name the packed release');
  const registry = await startRegistry(tarball);
  const folder = mkdtempSync(join(tmpdir(), 'regaudit-install-'));
  const own = { npm_config_registry: registry.url };
  return {
    registry,
    folder,
    run: (program, args, environment = {}) =>
      new Promise((resolve) => {
        const env = { ...process.env, ...own, ...environment };
        const options = { cwd: folder, env, maxBuffer: 10_000_000, timeout: retryPolicy };
        const child = execFile(program, args, options, (_, stdout, stderr) =>
          resolve({ code: child.exitCode, stdout, output: `${stdout}${stderr}` }),
        );
      }),
    end: async () => {
      await registry.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
