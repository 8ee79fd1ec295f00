import { expect, test } from 'vitest';
import { explain } from '../../src/cli/exit.ts';
import { log } from '../../src/cli/log.ts';
import { UsageError } from '../../src/model/usage-error.ts';

function told(error: unknown, debug: boolean): { code: number; text: string } {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const code = explain(error, log({ quiet: true, verbose: 0 }, { write }), debug);
  return { code, text };
}

test('a wrong usage is told line by line, with its hint, even when quiet', () => {
  expect(told(new UsageError('a:1:1: x\na:2:1: y', 'do z'), false)).toEqual({
    code: 2,
    text: 'error: a:1:1: x\nerror: a:2:1: y\nhint: do z\n',
  });
});

test('a fault of ours is 70, and its stack is shown to those who ask', () => {
  const fault = new TypeError('x is not a function');
  const short = told(fault, false);
  expect(short).toEqual({
    code: 70,
    text: 'error: a fault in regaudit, please report it: TypeError: x is not a function\nhint: --debug shows where it happened\n',
  });
  expect(told(fault, true).text).toContain('exit.test.ts');
});

test('anything can be thrown', () => {
  expect(told('text', true)).toEqual({
    code: 70,
    text: 'error: a fault in regaudit, please report it: text\nhint: --debug shows where it happened\n',
  });
});
