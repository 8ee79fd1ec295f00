import { expect, test } from 'vitest';
import { fairGate } from '../../src/http/fair-gate.ts';

/** A task that ends when it is told to. */
function held() {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, done };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('never are more under way than the limit, for all owners together', async () => {
  const gate = fairGate(3);
  const { signal } = new AbortController();
  let [running, most] = [0, 0];
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
  };
  const admits = ['a', 'b', 'c', 'd'].map((owner) => gate(owner, signal));
  await Promise.all(admits.flatMap((admit) => Array.from({ length: 25 }, () => admit(work))));
  expect([running, most]).toEqual([0, 3]);
});

test('an owner with few calls does not wait for all of one with many', async () => {
  const gate = fairGate(1);
  const { signal } = new AbortController();
  const first = held();
  const order: string[] = [];
  const [many, few] = [gate('many', signal), gate('few', signal)];
  const all = [many(() => first.done)];
  for (let index = 0; index < 20; index += 1) all.push(many(async () => void order.push('many')));
  all.push(few(async () => void order.push('few')));
  first.end();
  await Promise.all(all);
  expect(order.indexOf('few')).toBeLessThanOrEqual(1);
  expect(order).toHaveLength(21);
});

test('what waits when its time is over goes on at once, and takes no place', async () => {
  const gate = fairGate(1);
  const [one, other] = [new AbortController(), new AbortController()];
  const first = held();
  const running = gate('a', one.signal)(() => first.done);
  const admit = gate('b', other.signal);
  const waiting = admit(async () => 'over');
  const kept = gate('b', one.signal)(async () => 'kept');
  other.abort();
  expect(await waiting).toBe('over');
  expect(await admit(async () => 'late')).toBe('late');
  first.end();
  await running;
  expect(await kept).toBe('kept');
});

test('a task that fails gives its place back', async () => {
  const gate = fairGate(1);
  const admit = gate('a', new AbortController().signal);
  await expect(admit(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await admit(async () => 'next')).toBe('next');
});
