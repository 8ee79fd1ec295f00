import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fleet, fleet } from '../support/aws/fleet.ts';

let it: Fleet;
beforeAll(async () => {
  it = await fleet();
});
afterAll(() => it.served.close());

const planned = () => {
  const { owners } = JSON.parse(it.text('plan.json'));
  return owners.map(({ id }: { id: string }) => id);
};

test.each(['12', '40', '100'])(
  'after %s calls every account is named all the same',
  async (most) => {
    const before = [...it.served.calls.values()].reduce((all, one) => all + one, 0);
    const { code, stdout } = await it.run(
      'scan',
      '-c',
      'regaudit.yaml',
      '-f',
      'json',
      '--max-calls',
      most,
    );
    const calls = [...it.served.calls.values()].reduce((all, one) => all + one, 0) - before;
    expect(code).not.toBe(0);
    expect(calls).toBeLessThan(Number(most) + 90);
    const report = JSON.parse(stdout);
    const accounts = new Set(
      report.registries.map(({ id }: { id: string }) => id.split('/').slice(0, 3).join('/')),
    );
    expect([...accounts]).toEqual(expect.arrayContaining(planned()));
    expect(stdout).toContain(`the limit of ${most} calls was reached`);
  },
);
