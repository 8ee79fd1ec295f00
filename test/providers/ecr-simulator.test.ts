import { expect, test } from 'vitest';
import { compareWithSimulator } from '../aws-policy/support/simulator.ts';

// The simulator is slow: some seconds of CPU, which on a busy machine are minutes.
const timeout = 300_000;

test('no request that another evaluator allows to a stranger stands beside a pass', {
  timeout,
}, async () => {
  const { requests, missed } = await compareWithSimulator(20_261_130, 20_000, ['pass']);
  expect(requests).toBeGreaterThanOrEqual(20_000);
  expect(missed).toEqual([]);
});

test('the simulator does allow strangers what is judged a fail', async () => {
  const { allowed } = await compareWithSimulator(20_261_130, 300, ['fail']);
  expect(allowed).toBeGreaterThan(10);
});
