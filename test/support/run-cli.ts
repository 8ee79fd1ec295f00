import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const binary = fileURLToPath(new URL('../../bin/regaudit.js', import.meta.url));

export interface CliOptions {
  readonly cwd?: string;
  /** Added to an environment that holds nothing but a path and an empty home. */
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input, which is then closed; `open`: it stays open afterwards. */
  readonly stdin?: string | { readonly open: string };
  /** Sent once standard error has said this. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly once: string };
}

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the run left in its temporary folder. */
  readonly left: readonly string[];
}

/** A new empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'regaudit-test-'));
}

/** Runs the built command line as a user would, in an environment without anything of this machine. */
export async function runCli(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const temporary = emptyFolder();
  const child = spawn(process.execPath, [binary, ...args], {
    cwd: options.cwd ?? emptyFolder(),
    env: { PATH: process.env['PATH'] ?? '', HOME: temporary, TMPDIR: temporary, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const text = (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString('utf8');
  };
  const stdout = text(child.stdout);
  const stderr = text(child.stderr);
  // A command that does not read its input closes it.
  child.stdin.on('error', () => undefined);
  const { stdin = '', signal } = options;
  if (typeof stdin === 'string') child.stdin.end(stdin);
  else child.stdin.write(stdin.open);
  if (signal !== undefined) {
    const listen = () => {
      if (!stderr().includes(signal.once)) return;
      child.stderr.off('data', listen);
      child.kill(signal.name);
    };
    child.stderr.on('data', listen);
  }
  const ended = await new Promise<Pick<CliResult, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, name) => resolve({ code, signal: name }));
  });
  return { ...ended, stdout: stdout(), stderr: stderr(), left: readdirSync(temporary) };
}
