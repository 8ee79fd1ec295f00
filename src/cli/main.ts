import { tmpdir } from 'node:os';
import type { Host } from './host.ts';
import { failed, run } from './run.ts';

const host: Host = {
  argv: process.argv.slice(2),
  environment: process.env,
  cwd: process.cwd(),
  tmpdir: tmpdir(),
  stdin: () => process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
  now: () => new Date(),
  exit: (code) => process.exit(code),
  atEnd: new Set(),
};

// A reader that goes away (`| head`) is told to whoever writes, and must not end the process.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
// Warnings that libraries emit (a deprecation, a metadata server that does not answer) are for developers.
process.removeAllListeners('warning');
if (process.argv.includes('--debug'))
  process.on('warning', ({ stack, message }) => process.stderr.write(`${stack ?? message}\n`));
// The code stays 70 until the run ends, so that a run that stops half-way is never a pass.
process.exitCode = 70;
let done = false;
process.on('exit', (code) => {
  for (const step of host.atEnd) step();
  if (!done && code === 70)
    process.stderr.write('error: ended without a result, please report it\n');
});
process.on('uncaughtException', (error) => {
  void failed(error, host).then((code) => {
    done = true;
    process.exit(code);
  });
});
void run(host).then((exitCode) => {
  done = true;
  process.exitCode = exitCode;
  // Sockets kept open by a client must not keep a finished process; everything is written by now.
  setTimeout(() => process.exit(), 250).unref();
});
