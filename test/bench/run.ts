import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const folder = mkdtempSync(join(tmpdir(), 'regaudit-bench-'));

export interface Figures {
  /** Milliseconds from starting the process to its end. */
  readonly wall: number;
  /** Milliseconds of processor time, user and system. */
  readonly cpu: number;
  /** Peak resident memory in megabytes. */
  readonly memory: number;
  readonly code: number | null;
}

let runs = 0;

/** Runs a node program and measures it from inside; its output is thrown away. */
export async function measured(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Figures> {
  runs += 1;
  const into = join(folder, `figures-${runs}.json`);
  const started = process.hrtime.bigint();
  const child = spawn(
    process.execPath,
    ['--import', join(root, 'test/bench/measure.mjs'), ...args],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, MEASURE_INTO: into, ...environment },
    },
  );
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const code = await ended(child);
  if (code !== null && ![0, 1, 3, 75].includes(code))
    throw new Error(`${args.join(' ')} ended with ${code}: ${errors}`);
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  return {
    ...(JSON.parse(readFileSync(into, 'utf8')) as Pick<Figures, 'cpu' | 'memory'>),
    wall,
    code,
  };
}

export interface Fake {
  readonly environment: Readonly<Record<string, string>>;
  readonly calls: () => Promise<number>;
  /** Of a fake that throttles: requests that it refused, and how many came at once, as a share of the limit. */
  readonly throttled: () => Promise<{ readonly refused: number; readonly peak: number }>;
  readonly stop: () => void;
}

/** Starts the fake in a process of its own. `rate`: calls of each operation that it takes in a second. */
export async function fake(
  repositories: number,
  latency: number,
  accounts = 0,
  rate = Number.POSITIVE_INFINITY,
): Promise<Fake> {
  const tsx = fileURLToPath(import.meta.resolve('tsx/cli'));
  const child = spawn(
    process.execPath,
    [
      tsx,
      join(root, 'test/bench/server.ts'),
      ...[repositories, latency, accounts, rate].map(String),
    ],
    {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const line = lineReader(child);
  const url = await line();
  const asked = async () => {
    child.stdin?.write('calls\n');
    return JSON.parse(await line()) as {
      readonly counts: Readonly<Record<string, number>>;
      readonly refused: number;
      readonly peak: number;
    };
  };
  return {
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    calls: async () => {
      const { counts } = await asked();
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    throttled: asked,
    stop: () => child.kill(),
  };
}

function lineReader(child: ChildProcess): () => Promise<string> {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let rest = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const next = waiting.shift();
      if (next === undefined) lines.push(part);
      else next(part);
    }
  });
  return async () => lines.shift() ?? new Promise((resolve) => waiting.push(resolve));
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
