import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { unlessAborted } from '../../src/http/abort.ts';
import { clientFor, serve } from './support/serve.ts';

const never = new Promise<string>(() => undefined);

test('work that is done before the signal comes ends as it does, and nothing listens on', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve('done'), signal)).toBe('done');
  await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test.each([
  ['with a reason', new Error('its time is over'), 'its time is over'],
  ['without one', undefined, 'the scan was interrupted'],
])('work that hangs is left behind when the signal comes %s', async (_, reason, says) => {
  const cut = new AbortController();
  const left = unlessAborted(never, cut.signal);
  cut.abort(reason);
  await expect(left).rejects.toMatchObject({ code: 'aborted', message: says });
  await expect(unlessAborted(never, cut.signal)).rejects.toMatchObject({ code: 'aborted' });
});

test('a call that is cut says why the signal came', async () => {
  const cut = new AbortController();
  const { base } = await serve(() => cut.abort(new Error('its time is over')));
  const sent = clientFor(base, { signal: cut.signal }).send({ operation: 'x', path: '/' });
  await expect(sent).rejects.toMatchObject({ code: 'aborted', message: 'its time is over' });
});

test('work that takes longer than it may is left behind', async () => {
  const { signal } = new AbortController();
  await expect(unlessAborted(never, signal, 20)).rejects.toMatchObject({ code: 'timeout' });
  expect(await unlessAborted(Promise.resolve('done'), signal, 60_000)).toBe('done');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
