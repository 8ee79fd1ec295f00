import { describe, expect, test } from 'vitest';
import { findingsByDigest } from '../../src/providers/acr/decode/findings.ts';
import { keyTrouble } from '../../src/providers/acr/decode/key.ts';
import { networkAccess, privateEndpoints } from '../../src/providers/acr/decode/network.ts';
import {
  cachesWritable,
  described,
  describedAs,
  softDeleteDays,
} from '../../src/providers/acr/decode/registry.ts';
import {
  manifestsIn,
  namesIn,
  repositoryLocked,
  tagsIn,
} from '../../src/providers/acr/decode/repository.ts';
import { tenantOf } from '../../src/providers/acr/decode/subscriptions.ts';
import { target } from '../../src/providers/acr/decode/webhooks.ts';
import { cloudOf, vaultAddress } from '../../src/providers/acr/wire/cloud.ts';
import { findingOf, goodBut } from '../support/acr/one-registry.ts';

const premium = (properties: Record<string, unknown>) =>
  described({
    id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r',
    name: 'r',
    location: 'westeurope',
    sku: { name: 'Premium' },
    properties: { loginServer: 'r.azurecr.io', ...properties },
  });

describe('a repository of a cache rule', () => {
  test('to which images can be pushed is judged by its locks', async () => {
    const { estate } = await goodBut({});
    expect(Object.keys(estate.subscriptions)).toHaveLength(1);
    const found = await findingOf(
      'tags-immutable',
      { registry: { writableCaches: true } },
      'hub/nginx',
    );
    expect(found).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/every tag is mutable/),
    });
  });

  test('to which none can be pushed is a cache', async () => {
    expect((await findingOf('tags-immutable', {}, 'hub/nginx')).verdict).toBe('pass');
  });
});

describe('a private endpoint', () => {
  const connection = (status: string, provisioningState: unknown) => ({
    name: 'pe',
    properties: { provisioningState, privateLinkServiceConnectionState: { status } },
  });
  const endpoints = (...connections: readonly object[]) =>
    privateEndpoints(premium({ privateEndpointConnections: connections }));

  test.each(['Failed', 'Creating', 'Deleting', 'Canceled'])(
    'that is approved and %s does not serve',
    (state) => {
      expect(endpoints(connection('Approved', state))).toEqual({
        mode: 'incomplete',
        endpoints: [`pe (set up: ${state.toLowerCase()})`],
        missing: ['a set-up that succeeds'],
      });
    },
  );

  test.each(['Succeeded', 'Updating'])('that is approved and %s serves', (state) => {
    expect(endpoints(connection('Approved', state), connection('Pending', 'Succeeded'))).toEqual({
      mode: 'serving',
      endpoints: ['pe'],
    });
  });

  test.each(['Dreaming', undefined])('whose state is %s is not decoded', (state) => {
    expect(() => endpoints(connection('Approved', state))).toThrow(/provisioningState/);
  });
});

describe('what a plan does not have and a registry stores', () => {
  const said = async (properties: Record<string, unknown>) =>
    (
      await findingOf('settings-enforced', {
        registry: {
          sku: 'Standard',
          cacheRules: {},
          credentialSets: {},
          replications: {},
          connectedRegistries: {},
        },
        properties: { publicNetworkAccess: 'Enabled', ...properties },
      })
    ).message;
  const rules = (defaultAction: string) => ({ networkRuleSet: { defaultAction, ipRules: [] } });
  const retention = (status: string) => ({ policies: { retentionPolicy: { status, days: 7 } } });

  test('is named', async () => {
    expect(await said({ ...rules('Deny'), ...retention('disabled') })).toMatch(
      /network rules, which the Standard plan does not have/,
    );
    expect(await said({ ...rules('Allow'), ...retention('enabled') })).toMatch(
      /a retention policy, which the Standard plan does not have/,
    );
    expect(await said({ ...rules('Allow'), ...retention('disabled') })).toMatch(
      /no policy is stored/,
    );
  });
});

test('where a network perimeter decides, who gets in is not known', () => {
  expect(() => networkAccess(premium({ publicNetworkAccess: 'SecuredByPerimeter' }))).toThrow(
    /network security perimeter/,
  );
});

test.each([
  [undefined, 'keys.managedhsm.azure.net', 'https://managedhsm.azure.net/.default'],
  ['usgov', 'k.vault.usgovcloudapi.net', 'https://vault.usgovcloudapi.net/.default'],
  [undefined, 'keys.managedhsm.azure.net.evil.example', null],
] as const)('in cloud %s a key at %s is asked for with a token for %s', (cloud, host, scope) => {
  const found = vaultAddress(cloudOf(cloud === undefined ? {} : { cloud }), host);
  expect(found === null ? null : found.scope).toBe(scope);
});

test('a key that is gone is not usable', async () => {
  const found = await findingOf('encrypted-with-own-key', { estate: { keys: {} } }, 'web');
  expect(found).toMatchObject({
    verdict: 'fail',
    message: expect.stringMatching(/the key is not there/),
  });
});

test.each([{}, { error: { code: 'VaultNotFound' } }, null])(
  'a vault that answers %j with 404 says nothing of the key',
  (body) => {
    const answer = { found: false, body, path: '/keys/k' };
    expect(() => keyTrouble(answer, '2026-01-01T00:00:00Z')).toThrow();
  },
);

describe('what Defender says of an image', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const row = (state: string, severity: string) => ({ image: digest, severity, state, found: 2 });

  test('that is healthy is that it was looked at', () => {
    const found = findingsByDigest([row('Healthy', ''), row('Healthy', 'Critical')]);
    expect(found.get(digest)).toEqual({ critical: 0, high: 0 });
  });

  test('counts beside what is healthy', () => {
    const found = findingsByDigest([row('Healthy', 'High'), row('Unhealthy', 'High')]);
    expect(found.get(digest)).toEqual({ critical: 0, high: 2 });
  });

  test('in a new word is not decoded', () => {
    expect(() => findingsByDigest([row('Sleepy', 'High')])).toThrow(/Sleepy/);
  });
});

describe('an answer that is none', () => {
  const path =
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r';
  const decoders: Readonly<Record<string, (raw: unknown) => unknown>> = {
    Registries_Get: (raw) => describedAs(raw, 'r'),
    Registries_GetPreview: (raw) => softDeleteDays(raw, path),
    Registries_GetCachePreview: (raw) => cachesWritable(raw, path),
    Subscriptions_Get: (raw) => tenantOf(raw, 's'),
    Webhooks_GetCallbackConfig: target,
    Catalog_List: namesIn,
    Repository_GetProperties: (raw) => repositoryLocked(raw, 'app'),
    Tags_List: (raw) => tagsIn(raw, 'app'),
    Manifests_List: (raw) => manifestsIn(raw, 'app'),
    Keys_Get: (body) => keyTrouble({ found: true, body, path: '/keys/k' }, '2026-01-01T00:00:00Z'),
  };
  const another = {
    id: path.replace(/r$/, 'other'),
    name: 'other',
    imageName: 'other',
    subscriptionId: 'other',
    tenantId: 't',
    location: 'l',
    sku: { name: 'Premium' },
    properties: { loginServer: 'o', policies: {}, writableCacheRepos: 'Disabled' },
    changeableAttributes: { writeEnabled: false },
    key: { kid: 'https://v.vault.azure.net/keys/other' },
    attributes: { enabled: true },
  };
  const answers: readonly (readonly [string, unknown])[] = [
    ['{}', {}],
    ['an error', { error: { code: 'AuthorizationFailed', message: 'no' } }],
    ['errors', { errors: [{ code: 'DENIED' }] }],
    ['a list', []],
    ['a text', 'ok'],
    ['an object about something else', another],
  ];

  test.each(Object.entries(decoders))('is no answer of %s', (_, decode) => {
    for (const [what, answer] of answers) expect(() => decode(answer), what).toThrow();
  });
});
