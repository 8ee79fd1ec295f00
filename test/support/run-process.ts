import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CliOptions, type CliResult, emptyFolder } from './run-cli.ts';

export const binary = fileURLToPath(new URL('../../bin/regaudit.js', import.meta.url));

export interface ProcessOptions extends CliOptions {
  /** Sent once standard error has said this. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly once: string };
}

/**
 * Runs the built command line as a user would, in an environment without anything of this machine. For
 * what only a process shows; everything else is asked of `runCli`, which costs a tenth.
 */
export async function runProcess(
  args: readonly string[],
  options: ProcessOptions = {},
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
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout: stdout(), stderr: stderr(), left: readdirSync(temporary) };
}
