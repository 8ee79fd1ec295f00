import { expect, it } from 'vitest';
import type { AnyFact } from '../../src/model/fact.ts';
import { ociScenario, scanOci } from '../support/oci/scan-oci.ts';

async function digestsOf(
  count: number,
  { tags = [] as readonly string[], product = 'distribution' as const, faults = false } = {},
) {
  const good = await ociScenario('all-good');
  const images = Array.from({ length: count }, (_, at) => ({ tag: `v${1000 + at}` }));
  const { readings, calls } = await scanOci(
    {
      ...good,
      product,
      repositories: { app: { images } },
      ...(faults ? { faults: [{ operation: 'getManifest', kind: 'denied' as const }] } : {}),
    },
    {
      context: {
        plan: { registry: new Set(), repository: new Set(['tagDigests']) },
        images: { newest: 3, tags, mayPull: false },
      },
    },
  );
  const fact = readings.flatMap((line): AnyFact[] =>
    line.kind === 'repository' && line.facts['tagDigests'] !== undefined
      ? [line.facts['tagDigests']]
      : [],
  )[0];
  if (fact === undefined) throw new Error('the repository was not read');
  const value = 'value' in fact ? (fact.value as readonly { readonly tag: string }[]) : [];
  return { fact, names: value.map(({ tag }) => tag), calls };
}

it('every tag is asked for once where there are few', async () => {
  const { fact, names, calls } = await digestsOf(4);
  expect(fact.state).toBe('known');
  expect(names).toEqual(['v1000', 'v1001', 'v1002', 'v1003']);
  expect(calls.get('getManifest')).toBe(4);
});

it('where there are many, a hundred are, those of production first, and the rest is named', async () => {
  const { fact, names, calls } = await digestsOf(130, { tags: ['v100*'] });
  expect(fact).toMatchObject({
    state: 'partial',
    missing: [{ from: { detail: expect.stringContaining('30 more tags were not read') } }],
  });
  expect(names).toHaveLength(100);
  expect(names.filter((name) => name.startsWith('v100'))).toHaveLength(10);
  expect(calls.get('getManifest')).toBe(100);
});

it('a refusal leaves them unknown', async () => {
  const { fact } = await digestsOf(2, { faults: true });
  expect(fact).toMatchObject({ state: 'unknown', why: 'denied' });
});
