import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Host } from '../../src/cli/host.ts';
import { run } from '../../src/cli/run.ts';

export interface CliOptions {
  readonly cwd?: string;
  /** All there is in the environment besides an empty home. */
  readonly env?: Readonly<Record<string, string>>;
  /** All of standard input; `open`: the beginning of one that does not end. */
  readonly stdin?: string | { readonly open: string };
}

export interface CliResult {
  /** Null: a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the run left in its temporary folder. */
  readonly left: readonly string[];
}

/** A new empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'regaudit-test-'));
}

/** Runs the command line in this process, in a world of its own. */
export async function runCli(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const { host, stdout, stderr } = worldOf(args, options);
  const code = await run(host);
  return { code, stdout: stdout(), stderr: stderr(), left: readdirSync(host.tmpdir) };
}

/** A world for one run, and what is written in it. */
export function worldOf(
  argv: readonly string[],
  { cwd = emptyFolder(), env, stdin = '' }: CliOptions = {},
): { readonly host: Host; readonly stdout: () => string; readonly stderr: () => string } {
  const temporary = emptyFolder();
  const stdout = paper();
  const stderr = paper();
  const host: Host = {
    argv,
    environment: { HOME: temporary, ...env },
    cwd,
    tmpdir: temporary,
    stdin: () => input(stdin),
    stdout: stdout.stream,
    stderr: stderr.stream,
    signals: new EventEmitter(),
    now: () => new Date(),
    exit: (status) => {
      throw new Error(`ended at once with ${status}`);
    },
    atEnd: new Set(),
  };
  return { host, stdout: stdout.text, stderr: stderr.text };
}

function input(given: string | { readonly open: string }): Readable {
  const text = typeof given === 'string' ? given : given.open;
  const stream = new Readable({ read: () => undefined });
  if (text !== '') stream.push(text);
  if (typeof given === 'string') stream.push(null);
  return stream;
}

/** A stream that remembers. */
function paper(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, taken) {
      chunks.push(chunk);
      taken();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
