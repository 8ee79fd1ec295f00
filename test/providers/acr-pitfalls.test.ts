import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/decode/fields.ts';
import { credentialSet } from '../../src/providers/acr/decode/cache.ts';
import { defender } from '../../src/providers/acr/decode/defender.ts';
import { described } from '../../src/providers/acr/decode/registry.ts';
import { manifestsIn } from '../../src/providers/acr/decode/repository.ts';
import { pushScanOf } from '../../src/providers/acr/facts/scanning.ts';
import { subscriptionFacts } from '../../src/providers/acr/facts/subscription.ts';
import { known } from '../../src/providers/facts.ts';

const registry = described({
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r',
  name: 'r',
  location: 'westeurope',
  sku: { name: 'Standard' },
  properties: {
    loginServer: 'r.azurecr.io',
    publicNetworkAccess: 'Enabled',
    networkRuleBypassOptions: 'AzureServices',
  },
});

const plan = (name: string, coverage: JsonObject, more: JsonObject = {}): JsonObject => ({
  name,
  properties: {
    pricingTier: 'Standard',
    ...coverage,
    extensions: [
      { name: 'ContainerRegistriesVulnerabilityAssessments', isEnabled: 'True', ...more },
    ],
  },
});
const covered = (resourcesCoverageStatus: string) => ({ resourcesCoverageStatus });

/** Whether pushes are scanned where these are the plans of the subscription. */
async function scanBy(...plans: readonly JsonObject[]) {
  const refuse = () => Promise.reject(new Error('not asked for here'));
  const facts = subscriptionFacts(
    {
      get: refuse,
      list: refuse,
      rest: refuse,
      query: refuse,
      restList: async (_name, _call, decode) => known('Pricings_List', '', () => decode(plans)),
    },
    's',
  );
  return pushScanOf(registry, facts);
}

describe('a plan of Defender', () => {
  test.each([
    ['that covers every resource', plan('Containers', covered('FullyCovered'))],
    ['that says nothing of coverage', plan('Containers', {})],
    [
      'whose switching succeeded',
      plan('Containers', {}, { operationStatus: { code: 'Succeeded' } }),
    ],
  ])('%s scans what is pushed', async (_, one) => {
    expect(await scanBy(one)).toMatchObject({ state: 'known', value: { mode: 'on' } });
  });

  test('that is off for some resources leaves open whether the registry is one of them', async () => {
    expect(await scanBy(plan('Containers', covered('PartiallyCovered')))).toMatchObject({
      state: 'unknown',
      why: 'inconclusive',
      from: { detail: expect.stringContaining('off for some resources') },
    });
  });

  test('that is off for every resource scans nothing', async () => {
    expect(await scanBy(plan('Containers', covered('NotCovered')))).toMatchObject({
      state: 'known',
      value: { mode: 'off', why: expect.stringContaining('is off for every resource') },
    });
  });

  test('whose switching failed may not scan', async () => {
    const failed = plan('Containers', {}, { operationStatus: { code: 'Failed', message: 'x' } });
    expect(await scanBy(failed)).toMatchObject({ state: 'unknown', why: 'inconclusive' });
  });

  test('in doubt does no harm beside one that is not', async () => {
    const plans = [
      plan('Containers', covered('PartiallyCovered')),
      plan('CloudPosture', covered('FullyCovered')),
    ];
    expect(await scanBy(...plans)).toMatchObject({
      value: { mode: 'on', engine: 'Microsoft Defender (plan CloudPosture)' },
    });
  });

  test('with a coverage of a new word is not decoded', () => {
    expect(() => defender([plan('Containers', covered('MostlyCovered'))])).toThrow(/MostlyCovered/);
  });
});

describe('what looks like less than it is', () => {
  test.each([{}, { authCredentials: null }, { authCredentials: [] }])(
    'a credential set with %j is not a healthy one',
    (properties) => {
      expect(() => credentialSet({ id: '/c', name: 'c', properties })).toThrow(/authCredentials/);
    },
  );

  test.each([
    ['application/vnd.docker.distribution.manifest.list.v2+json', false],
    ['application/vnd.oci.image.index.v1+json', true],
    ['application/vnd.cncf.oras.artifact.manifest.v1+json', true],
  ])('retention passes over %s: %s', (mediaType, oci) => {
    expect(manifestsIn({ imageName: 'app', manifests: [{ mediaType }] }, 'app')).toMatchObject({
      others: new Set(),
      mayHoldImages: true,
      oci,
    });
  });
});
