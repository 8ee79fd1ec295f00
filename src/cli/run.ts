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

/** Reports an error. Returns the exit code. */
export async function failed(
  error: unknown,
  { argv, environment, stderr }: Pick<Host, 'argv' | 'environment' | 'stderr'>,
): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const [{ explain }, { log }] = await Promise.all([import('./exit.ts'), import('./log.ts')]);
  const debug = argv.includes('--debug') || Boolean(environment['REGAUDIT_DEBUG']);
  return explain(error, log({ quiet: false, verbose: 0 }, stderr), debug);
}
