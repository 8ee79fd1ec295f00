import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';

const selected = checks.filter(({ id }) => id === 'tags-immutable');

/** Which registries an address of the estate with several projects stands for, and whether each could be read. */
async function found(address: string, faults: readonly Fault[] = []) {
  const estate = await scenario('demo');
  const { summary, calls } = await scanEstate(
    { ...estate, faults },
    { checks: selected, address, options: {} },
  );
  const registries = new Map(summary.registries.map(({ id, reachable }) => [id, reachable]));
  return { registries, calls, estate };
}

/** The organisation of that estate, as an address. */
async function organizationOf(): Promise<string> {
  const { organization } = await scenario('demo');
  if (organization === undefined) throw new Error('the demo has no organisation');
  return `organizations/${organization.id}`;
}

describe('an organisation or folder as a target', () => {
  test('is each location in which a project below it has repositories, by one search', async () => {
    const { registries, calls, estate } = await found(await organizationOf());
    const projects = [...registries.keys()].map((id) => id.split('/')[2]);
    expect(new Set(projects)).toEqual(new Set(Object.keys(estate.projects)));
    expect([...registries.values()]).not.toContain(false);
    expect(calls.get('SearchAllResources')).toBe(1);
  });

  test.each<[string, Fault]>([
    ['refused', { kind: 'denied', operation: 'SearchAllResources' }],
    [
      'without a result',
      { kind: 'new-word', operation: 'SearchAllResources', field: 'results', value: [] },
    ],
  ])('whose search is %s is not reached, and not empty', async (_, fault) => {
    const address = await organizationOf();
    const { registries } = await found(address, [fault]);
    expect([...registries]).toEqual([[`artifact-registry://${address}`, false]]);
  });

  test.each(['organizations/shop', 'organizations', 'folders/1/europe'])(
    'is named by its number alone: %s',
    async (address) => {
      await expect(found(address)).rejects.toBeInstanceOf(UsageError);
    },
  );
});
