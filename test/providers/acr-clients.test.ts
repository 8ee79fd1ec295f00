import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Estate } from '../../src/demo/acr/estate.ts';
import { serveEstate } from '../../src/demo/acr/serve-estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { commands } from '../../src/providers/acr/commands.ts';
import { provider } from '../../src/providers/acr/index.ts';
import { cloudOf, registryAddress, vaultAddress } from '../../src/providers/acr/wire/cloud.ts';
import { scopeFor } from '../../src/providers/acr/wire/data-plane.ts';
import { scanEstate } from '../support/acr/scan-estate.ts';
import { scenario } from '../support/acr/scenario.ts';
import { type Scan, type ScanOptions, scanProvider } from '../support/scan-provider.ts';

const subscription = '0b1f6471-1bf0-4dda-aec3-111122223333';
const path = 'shop-rg/shopimages';
const here = `${subscription}/${path}`;

async function scanGood(
  faults: readonly Fault[],
  options: ScanOptions = {},
  more: Partial<Estate> = {},
): Promise<Scan> {
  return scanEstate({ ...(await scenario('all-good')), ...more, faults }, options);
}

/** Nothing is decided but what the platform always is; each registry says the same of itself. */
function expectUnreachable({ findings }: Scan, registry: string, words: RegExp): void {
  expect(new Set(findings.map((finding) => finding.registry))).toEqual(new Set([registry]));
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  expect([...verdicts].sort()).toEqual(['not-applicable', 'unknown']);
  const said = findings.filter(({ verdict }) => verdict === 'unknown');
  expect(said.length).toBeGreaterThan(20);
  for (const { message } of said) expect(message).toMatch(words);
}

describe('who cannot be signed in or read', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('a secret that has expired', async () => {
    const signIn = 'AADSTS7000222: The provided client secret keys are expired.';
    const scan = await scanGood([], { address: here }, { signIn });
    expectUnreachable(scan, `acr://${here}`, /denied.*AADSTS7000222/s);
  });

  test('no credentials at all', async () => {
    const served = await serveEstate(await scenario('all-good'));
    const names = Object.keys(process.env).filter((name) => name.startsWith('AZURE_'));
    for (const name of names) vi.stubEnv(name, undefined);
    vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'EnvironmentCredential');
    const { endpoint } = served;
    const scan = await scanProvider(
      provider,
      { ...served, asOf: '2026-11-02T09:00:00Z' },
      { address: here, options: { endpoint, authority: endpoint } },
    );
    expectUnreachable(scan, `acr://${here}`, /denied.*EnvironmentCredential/s);
    expect(scan.calls.size).toBe(0);
  });

  test('a subscription that is not there, or hidden', async () => {
    const other = 'ffffffff-1bf0-4dda-aec3-111122223333';
    const scan = await scanGood([], { address: other });
    expectUnreachable(scan, `acr://${other}`, /denied or absent.*SubscriptionNotFound/s);
  });

  test('a resource group that is not there', async () => {
    const scan = await scanGood([], { address: `${subscription}/other-rg/shopimages` });
    expectUnreachable(
      scan,
      `acr://${subscription}/other-rg/shopimages`,
      /denied or absent.*ResourceGroupNotFound/s,
    );
  });

  test('a registry that is not there', async () => {
    const scan = await scanGood([], { address: `${subscription}/shop-rg/otherimages` });
    expectUnreachable(
      scan,
      `acr://${subscription}/shop-rg/otherimages`,
      /denied or absent.*ResourceNotFound/s,
    );
  });

  test('a registry named by its login server is looked for in every subscription', async () => {
    const found = await scanGood([], { address: 'Shopimages.azurecr.io' });
    expect(new Set(found.findings.map(({ registry }) => registry))).toEqual(
      new Set([`acr://${here}`]),
    );
    const missing = await scanGood([], { address: 'other.azurecr.io' });
    expectUnreachable(missing, 'acr://other.azurecr.io', /no.* registry other\.azurecr\.io/);
  });

  test('signed in, and not a single subscription to read', async () => {
    const scan = await scanGood([], {}, { subscriptions: {} });
    expectUnreachable(scan, 'acr://unknown', /no subscription can be read/);
  });

  test('a registry whose description cannot be read does not take the others with it', async () => {
    const { findings } = await scanEstate({
      ...(await scenario('all-bad')),
      faults: [],
    });
    expect(new Set(findings.map(({ registry }) => registry)).size).toBe(2);
    const spoilt = await scanEstate({
      ...(await scenario('all-bad')),
      faults: [
        { operation: 'Registries_List', kind: 'new-word', field: 'value[].sku.name', value: 'New' },
      ],
    });
    expect(new Set(spoilt.findings.map(({ registry }) => registry)).size).toBe(2);
    expect(spoilt.findings.filter(({ verdict }) => verdict === 'pass')).toEqual([]);
  });

  test.each([
    'shopimages',
    'shop-rg/shopimages',
    `${subscription}/shop-rg`,
    `${subscription}/shop-rg/shopimages/more`,
    `${subscription}/../shopimages`,
    `${subscription}/shop-rg/a?b=c`,
  ])('%s is no address', async (address) => {
    await expect(scanGood([], { address })).rejects.toThrow(/is not an address of ACR/);
  });
});

describe('what a server may not do', () => {
  const misled = async (value: string) => {
    const fault = { operation: 'Tokens_List', kind: 'new-word', field: 'nextLink', value } as const;
    const { findings } = await scanGood([fault], { address: here });
    return findings.find(({ check }) => check === 'tokens-expire');
  };

  test('lead a token to another host', async () => {
    const finding = await misled('https://127.0.0.1:9/subscriptions?api-version=2025-11-01');
    expect(finding?.verdict).toBe('unknown');
    expect(finding?.message).toMatch(
      /unexpected API response.*leads to 127\.0\.0\.1:9, which is not/s,
    );
  });

  test('send us round in circles', async () => {
    const scan = await scanGood(
      [{ operation: 'Tasks_List', kind: 'new-word', field: 'nextLink', value: '/subscriptions' }],
      { address: here },
    );
    const finding = scan.findings.find(({ check }) => check === 'build-credentials-safe');
    expect(finding?.verdict).toBe('unknown');
  });

  test('name a page that is no address', async () => {
    expect((await misled('not a link at all'))?.verdict).toBe('unknown');
  });

  test('keep us waiting for longer than it asks', async () => {
    const started = performance.now();
    const { findings } = await scanGood([{ operation: 'Tokens_List', kind: 'throttled-once' }], {
      address: here,
      context: { retryPolicy: { maxAttempts: 3, baseDelay: 1, waits: true } },
    });
    // Retry-After says one second.
    expect(performance.now() - started).toBeGreaterThan(990);
    expect(findings.find(({ check }) => check === 'tokens-expire')?.verdict).toBe('pass');
  });
});

describe('where tokens go', () => {
  test.each([
    [undefined, 'https://management.azure.com', 'shop.azurecr.io', 'v.vault.azure.net'],
    ['public', 'https://management.azure.com', 'shop.azurecr.io', 'v.vault.azure.net'],
    ['china', 'https://management.chinacloudapi.cn', 'shop.azurecr.cn', 'v.vault.azure.cn'],
    [
      'usgov',
      'https://management.usgovcloudapi.net',
      'shop.azurecr.us',
      'v.vault.usgovcloudapi.net',
    ],
  ] as const)('cloud %s', (name, manager, registry, vault) => {
    const cloud = cloudOf(name === undefined ? {} : { cloud: name });
    expect(cloud.manager).toBe(manager);
    expect(cloud.managerScope).toBe(`${manager}/.default`);
    expect(registryAddress(cloud, registry)).toBe(`https://${registry}`);
    expect(vaultAddress(cloud, vault)?.base).toBe(`https://${vault}`);
    expect(registryAddress(cloud, vault)).toBeNull();
  });

  test('each cloud signs in at its own authority, and an entry without one as the environment says', () => {
    expect(cloudOf({}).authority).toBeUndefined();
    expect(cloudOf({ cloud: 'china' }).authority).toBe('https://login.chinacloudapi.cn');
    expect(cloudOf({ cloud: 'usgov' }).authority).toBe('https://login.microsoftonline.us');
  });

  test.each([
    'registry.attacker.example',
    'shop.azurecr.io.attacker.example',
    'attacker.example/shop.azurecr.io',
    'attacker.example#shop.azurecr.io',
    'user@shop.azurecr.io',
    'shop.azurecr.io:8443',
    'shop.azurecr.cn',
    '.azurecr.io',
    'a b.azurecr.io',
    `${'a'.repeat(260)}.azurecr.io`,
    '127.0.0.1',
  ])('a login server %s gets none', (loginServer) => {
    expect(registryAddress(cloudOf({}), loginServer)).toBeNull();
  });

  test('a registry with a suffix of its own name, in any letter case', () => {
    const cloud = cloudOf({});
    expect(registryAddress(cloud, 'Shop-a1b2C3.azurecr.io')).toBe('https://shop-a1b2c3.azurecr.io');
  });

  test.each(['http://management.example', 'http://10.0.0.1:8080'])(
    'plain HTTP to %s is refused',
    (address) => {
      expect(() => cloudOf({ endpoint: address })).toThrow(/would send tokens in the clear/);
      expect(() => cloudOf({ authority: address })).toThrow(/would send tokens in the clear/);
    },
  );

  test.each([
    ['/acr/v1/_catalog?n=1000', 'registry:catalog:*'],
    ['/acr/v1/app', 'repository:app:metadata_read repository:app:pull'],
    ['/acr/v1/team/app/_tags', 'repository:team/app:metadata_read repository:team/app:pull'],
    ['/v2/app/blobs/sha256:1', 'repository:app:metadata_read repository:app:pull'],
    ['/v2/a/v2/b/referrers/sha256:1', 'repository:a/v2/b:metadata_read repository:a/v2/b:pull'],
    [
      'http://127.0.0.1:1/shop.azurecr.io/acr/v1/app/_tags?last=1',
      'repository:app:metadata_read repository:app:pull',
    ],
  ])('%s asks for %s', (address, scope) => {
    expect(scopeFor({ path: address })).toBe(scope);
  });

  test('where roles are limited to repositories, each has a token of its own', async () => {
    const good = await scenario('all-good');
    const held = good.subscriptions[subscription];
    const registry = held?.registries[path];
    if (held === undefined || registry === undefined) throw new Error('all-good has changed');
    const properties = {
      ...registry.properties,
      roleAssignmentMode: 'AbacRepositoryPermissions',
    };
    const subscriptions = {
      [subscription]: { ...held, registries: { [path]: { ...registry, properties } } },
    };
    const { findings, calls } = await scanGood([], { address: here }, { subscriptions });
    expect(calls.get('Oauth2_Token')).toBe(3);
    const locks = findings.filter(({ check }) => check === 'tags-immutable');
    expect(locks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });
});

describe('commands of the fixes', () => {
  test('are for the registry in its subscription alone', () => {
    const { values, before, unfit } = commands.place(`acr://${here}`, 'web');
    expect(unfit).toBeNull();
    expect(before).toEqual([`only_in_subscription ${subscription}`]);
    expect(values).toEqual({
      registry: 'shopimages',
      group: 'shop-rg',
      'registry id': `/subscriptions/${subscription}/resourceGroups/shop-rg/providers/Microsoft.ContainerRegistry/registries/shopimages`,
      repository: 'web',
    });
    expect(commands.definitions).toContain('only_in_subscription()');
  });

  test.each(['acr://unknown', `acr://${subscription}`, `acr://${subscription}/a/b;rm`])(
    '%s has none',
    (registry) => {
      expect(commands.place(registry, null).unfit).toMatch(/could be read/);
    },
  );
});
