import { CommanderError } from 'commander';
import type { Host } from './host.ts';
import { programOf } from './program.ts';

/** Runs the command line and reports errors. Returns the exit code once all output is written. */
export async function run(host: Host): Promise<number> {
  let exitCode = 0;
  try {
    const program = programOf(host, (code) => {
      exitCode = code;
    });
    await program.parseAsync(host.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return await failed(error, host);
  } finally {
    for (const step of host.atEnd) step();
  }
}

/** Help and version are written by commander, which looks at no error. Returns 0, or 2 for a full disk. */
async function helpWritten(stdout: Host['stdout']): Promise<number> {
  const failure = await new Promise<Error | null | undefined>((resolve) => {
    stdout.write('', resolve);
  });
  const errored = failure ?? ('errored' in stdout ? (stdout.errored as Error | null) : null);
  return errored === null || ('code' in errored && errored.code === 'EPIPE') ? 0 : 2;
}

/** Reports an error. Returns the exit code. */
export async function failed(
  error: unknown,
  { argv, environment, stdout, stderr }: Pick<Host, 'argv' | 'environment' | 'stdout' | 'stderr'>,
): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return helpWritten(stdout);
  const [{ explain }, { log }] = await Promise.all([import('./exit.ts'), import('./log.ts')]);
  const debug = argv.includes('--debug') || Boolean(environment['REGAUDIT_DEBUG']);
  return explain(error, log({ quiet: false, verbose: 0 }, stderr), debug);
}
