import { CommanderError } from 'commander';
import { programOf } from './program.ts';

/** Runs the command line. Out: the exit code, once all output is written. */
async function main(): Promise<number> {
  let exitCode = 0;
  const program = programOf(process.env, (code) => {
    exitCode = code;
  });
  await program.parseAsync();
  return exitCode;
}

/** Tells what went wrong, if anything did. Out: the exit code. */
async function failed(error: unknown): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const [{ explain }, { notes }] = await Promise.all([import('./exit.ts'), import('./notes.ts')]);
  const debug = process.argv.includes('--debug') || Boolean(process.env['REGAUDIT_DEBUG']);
  return explain(error, notes({ quiet: false, verbose: 0 }), debug);
}

// A reader that goes away (`| head`) is told to whoever writes, and must not end the process.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
// Until all is done the code is that of a fault: should the work end without an answer, that is no pass.
process.exitCode = 70;
let done = false;
process.on('exit', (code) => {
  if (!done && code === 70)
    process.stderr.write('error: ended without a result, please report it\n');
});
process.on('uncaughtException', (error) => {
  void failed(error).then((code) => {
    done = true;
    process.exit(code);
  });
});
void main()
  .catch(failed)
  .then((exitCode) => {
    done = true;
    process.exitCode = exitCode;
    // Sockets kept open by a client must not keep a finished process; everything is written by now.
    setTimeout(() => process.exit(), 250).unref();
  });
