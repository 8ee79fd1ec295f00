import { beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/acr/estate.ts';
import { scanEstate } from '../support/acr/scan-estate.ts';
import { scenario } from '../support/acr/scenario.ts';

const one = '11111111-0000-4000-8000-000000000001';
const other = '22222222-0000-4000-8000-000000000002';
const selected = checks.filter(({ id }) => id === 'admin-user-off');

let estate: Estate;
beforeAll(async () => {
  const good = await scenario('all-good');
  const [held = { registries: {} }] = Object.values(good.subscriptions);
  const [registry] = Object.values(held.registries);
  if (registry === undefined) throw new Error('all-good has changed');
  const registries = (...names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [`group/${name}`, registry]));
  estate = {
    ...good,
    subscriptions: {
      [one]: { ...held, registries: registries('first', 'second', 'third') },
      [other]: { ...held, registries: registries('fourth'), managementGroup: 'sales' },
    },
  };
});

/** Which registries an address stands for, and whether each could be read. */
async function found(address: string, more: Partial<Estate> = {}) {
  const { summary, calls } = await scanEstate(
    { ...estate, ...more },
    { checks: selected, address },
  );
  const registries = Object.fromEntries(
    summary.registries.map(({ id, reachable }) => [id, reachable]),
  );
  return { registries, calls };
}

const all = {
  [`acr://${one}/group/first`]: true,
  [`acr://${one}/group/second`]: true,
  [`acr://${one}/group/third`]: true,
  [`acr://${other}/group/fourth`]: true,
};

describe('a whole tenant', () => {
  test.each(['', 'tenant'])(
    'is each registry of it over pages of one row: "%s"',
    async (address) => {
      expect((await found(address, { pageSize: 1 })).registries).toEqual(all);
    },
  );

  test('of more subscriptions than a query covers is listed by subscription', async () => {
    const { registries, calls } = await found('tenant', { manySubscriptions: true });
    expect(registries).toEqual(all);
    expect(calls.get('Subscriptions_List')).toBe(1);
  });
});

describe('a management group', () => {
  test('is the registries of the subscriptions below it', async () => {
    const { registries, calls } = await found('management-group/sales');
    expect(registries).toEqual({ [`acr://${other}/group/fourth`]: true });
    expect(calls.get('Subscriptions_List')).toBeUndefined();
  });

  test.each<[string, string, Partial<Estate>]>([
    ['that is not there, or that nobody let us read', 'finance', {}],
    ['whose list was cut', 'sales', { manySubscriptions: true }],
    [
      'whose list was refused',
      'sales',
      { faults: [{ operation: 'ResourceGraph_Registries', kind: 'denied' }] },
    ],
  ])('%s is not reached, and not empty', async (_, name, more) => {
    const { registries } = await found(`management-group/${name}`, more);
    expect(registries).toEqual({ [`acr://management-group/${name}`]: false });
  });
});
