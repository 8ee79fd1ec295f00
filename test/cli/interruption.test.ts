import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { interruption } from '../../src/cli/interruption.ts';
import { log } from '../../src/cli/log.ts';

/** Work that can be interrupted; `codes`: what the process was to end with at once. */
function work() {
  const signals = new EventEmitter();
  const codes: number[] = [];
  let said = '';
  const write = (text: string) => {
    said += text;
  };
  const run = interruption(
    {
      signals,
      exit: (code) => codes.push(code),
      log: log({ quiet: false, verbose: 0 }, { write }),
    },
    undefined,
  );
  return { signals, codes, run, said: () => said };
}

test('the first signal asks the work to end, and the second ends the process at once', () => {
  const { signals, codes, run, said } = work();
  signals.emit('SIGTERM');
  expect(run.signal.aborted).toBe(true);
  expect(run.ending()).toBe('SIGTERM');
  expect(said()).toMatch(/^interrupted: .*interrupt again to stop immediately\n$/);
  expect(codes).toEqual([]);
  signals.emit('SIGINT');
  expect(codes).toEqual([130]);
  expect(run.ending()).toBe('SIGTERM');
});

test('a signal after the work is done ends the process at once', () => {
  const { signals, codes, run } = work();
  run.finish();
  signals.emit('SIGINT');
  signals.emit('SIGTERM');
  expect(codes).toEqual([130, 143]);
  expect(run.ending()).toBeNull();
});

test('a terminal that goes away takes the process with it', () => {
  const { signals, codes } = work();
  signals.emit('SIGHUP');
  expect(codes).toEqual([129]);
});
