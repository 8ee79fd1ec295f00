import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GhcrEstate } from '../../src/demo/ghcr/estate.ts';
import { serveGhcr } from '../../src/demo/ghcr/serve-estate.ts';
import { provider } from '../../src/providers/ghcr/index.ts';
import { scanGhcr, scenario } from '../support/ghcr/scan.ts';
import { type Scan, scanProvider } from '../support/scan-provider.ts';

const none = { DOCKER_CONFIG: '/nowhere' };
const packagesToken = 'ghp_demo-packages-token';
const settingsToken = 'ghp_demo-settings-token';

async function scannedWith(
  environment: Record<string, string>,
  options: Record<string, string> = {},
): Promise<Scan> {
  return scanGhcr(await scenario('all-good'), {
    options,
    context: { environment: { ...none, ...environment } },
  });
}

function registryLine({ readings }: Scan) {
  const line = readings.find(({ kind }) => kind === 'registry');
  if (line?.kind !== 'registry') throw new Error('no registry was read');
  return line;
}

/** Why the registry could not be read; null: it could be. */
function whyNot(scan: Scan): string | null {
  return registryLine(scan).unreachable?.from.detail ?? null;
}

describe('the token for packages', () => {
  it.each(['GITHUB_TOKEN', 'GH_TOKEN'])('comes from %s', async (name) => {
    expect(whyNot(await scannedWith({ [name]: packagesToken }))).toBeNull();
  });

  it('comes from the variable that the configuration names, and from no other', async () => {
    const tokenEnv = { tokenEnv: 'MY_TOKEN' };
    expect(whyNot(await scannedWith({ MY_TOKEN: packagesToken }, tokenEnv))).toBeNull();
    expect(whyNot(await scannedWith({ GITHUB_TOKEN: packagesToken }, tokenEnv))).toMatch(
      /set MY_TOKEN to a personal access token \(classic\)/,
    );
  });

  it('comes from what docker login left for the registry', async () => {
    const estate = await scenario('all-good');
    const served = await serveGhcr(estate);
    const home = mkdtempSync(join(tmpdir(), 'regaudit-ghcr-'));
    const auth = Buffer.from(`alice:${packagesToken}`).toString('base64');
    const auths = { [new URL(served.url).host]: { auth } };
    writeFileSync(join(home, 'config.json'), JSON.stringify({ auths }));
    const scan = await scanProvider(
      provider,
      { ...served, environment: { DOCKER_CONFIG: home }, asOf: estate.asOf },
      { address: 'acme', options: served.options },
    );
    expect(whyNot(scan)).toBeNull();
  });

  it('is missing in one line that names variables and the command of docker', async () => {
    const why = whyNot(await scannedWith({}));
    expect(why).toMatch(
      /^no credentials: set GITHUB_TOKEN or GH_TOKEN to .* or run docker login 127\.0\.0\.1:\d+$/,
    );
  });

  it('is tried once when GitHub does not accept it', async () => {
    const scan = await scannedWith({ GITHUB_TOKEN: 'ghp_wrong' });
    expect(whyNot(scan)).toMatch(/HTTP 401: GitHub does not accept the token of GITHUB_TOKEN/);
    expect(Object.fromEntries(scan.calls)).toEqual({ getOwner: 1 });
  });

  it('is told which kind would do, when it is of another', async () => {
    const { findings } = await scanGhcr(await scenario('all-denied'));
    const list = findings.find(
      ({ check, repository }) => check === 'anonymous-pull-off' && repository === null,
    );
    expect(list).toMatchObject({ verdict: 'unknown' });
    expect(JSON.stringify(list)).toContain(
      'use a personal access token (classic) with read:packages',
    );
  });
});

describe('the token for settings', () => {
  it('is tried once when GitHub does not accept it, and costs no package', async () => {
    const scan = await scannedWith({
      GITHUB_TOKEN: packagesToken,
      REGAUDIT_GITHUB_SETTINGS_TOKEN: 'ghp_wrong',
    });
    const ofSettings = Object.entries(provider.operations).flatMap(([name, operation]) =>
      'by' in operation && operation.by === 'settings' ? [scan.calls.get(name) ?? 0] : [],
    );
    expect(ofSettings.reduce((sum, calls) => sum + calls, 0)).toBe(1);
    const { facts } = registryLine(scan);
    expect(facts['signIn']).toMatchObject({
      why: 'denied',
      from: { detail: expect.stringContaining('REGAUDIT_GITHUB_SETTINGS_TOKEN') },
    });
    expect(scan.readings.some(({ kind }) => kind === 'repository')).toBe(true);
  });

  it('asks for settings alone, and the one for packages for packages alone', async () => {
    const estate = await scenario('all-good');
    const swapped = { packages: { ...estate.tokens.packages, scopes: ['read:packages'] } };
    const settings = { kind: 'classic', role: 'owner', scopes: ['read:org'] } as const;
    const scan = await scanGhcr({ ...estate, tokens: { ...swapped, settings } });
    expect(registryLine(scan).facts['signIn']).toMatchObject({ state: 'unknown', why: 'denied' });
    expect(scan.readings.find(({ kind }) => kind === 'repository')).toMatchObject({ name: 'app' });
  });
});

describe('a target', () => {
  const open = (address: string, environment = {}, options = {}) =>
    scenario('all-good').then((estate) =>
      scanGhcr(estate, {
        address,
        options,
        context: {
          environment: {
            ...none,
            GITHUB_TOKEN: packagesToken,
            REGAUDIT_GITHUB_SETTINGS_TOKEN: settingsToken,
            ...environment,
          },
        },
      }),
    );

  it('without an owner stands for the organizations of the token', async () => {
    const scan = await open('');
    expect(registryLine(scan).registry).toBe('ghcr://acme');
    expect(scan.calls.get('listOrganizations')).toBe(1);
  });

  it('without an owner that may not list them says why', async () => {
    const estate = await scenario('all-good');
    const faults = [{ kind: 'denied', operation: 'listOrganizations' }] as const;
    const scan = await scanGhcr({ ...estate, faults }, { address: '' });
    expect(registryLine(scan)).toMatchObject({ registry: 'ghcr', unreachable: { why: 'denied' } });
  });

  describe('that is an enterprise', () => {
    const address = 'enterprise/acme-inc';
    const found = async (change: Partial<GhcrEstate>, scopes = ['read:enterprise']) => {
      const estate = await scenario('all-good');
      const { packages } = estate.tokens;
      const tokens = {
        ...estate.tokens,
        packages: { ...packages, scopes: [...(packages.scopes ?? []), ...scopes] },
      };
      const scan = await scanGhcr(
        { ...estate, tokens, enterprise: 'acme-inc', ...change },
        { address },
      );
      return Object.fromEntries(
        scan.readings.flatMap((line) =>
          line.kind === 'registry' ? [[line.registry, line.unreachable?.why ?? 'read']] : [],
        ),
      );
    };

    it('is each of its organizations, over all pages', async () => {
      const inEnterprise = { organizations: ['acme', 'other'] };
      expect(await found({ inEnterprise })).toEqual({
        'ghcr://acme': 'read',
        // The pretended GitHub has one organization alone.
        'ghcr://other': 'denied-or-absent',
      });
    });

    it('names itself where it does not show all that it counts, or none', async () => {
      const itself = { 'ghcr://enterprise/acme-inc': 'inconclusive' };
      expect(await found({ inEnterprise: { hidden: 2 } })).toEqual({
        'ghcr://acme': 'read',
        ...itself,
      });
      expect(await found({ inEnterprise: { organizations: [] } })).toEqual(itself);
    });

    it('names itself where GitHub does not show it, or refuses the list', async () => {
      const itself = { 'ghcr://enterprise/acme-inc': 'denied' };
      expect(await found({}, [])).toEqual(itself);
      expect(await found({ enterprise: 'other' })).toEqual(itself);
      const faults = [{ kind: 'denied', operation: 'queryEnterprise' }] as const;
      expect(await found({ faults })).toEqual(itself);
    });

    it.each(['enterprise', 'enterprise/', 'enterprise/a/b', 'enterprise/a b'])(
      'is named by its short name alone: %s',
      async (wrong) => {
        const estate = await scenario('all-good');
        await expect(scanGhcr(estate, { address: wrong })).rejects.toThrow('is not an address');
      },
    );
  });

  it('without an owner is the owner of the workflow in GitHub Actions', async () => {
    const scan = await open('', { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY_OWNER: 'Acme' });
    expect(registryLine(scan).registry).toBe('ghcr://acme');
    expect(scan.calls.has('listOrganizations')).toBe(false);
  });

  it('may name one package, whose list needs no owner to be whole', async () => {
    const estate = await scenario('demo');
    const scan = await scanGhcr(estate, { address: 'acme/shop/worker' });
    const names = scan.readings.flatMap((line) => (line.kind === 'repository' ? [line.name] : []));
    expect(names).toEqual(['shop/worker']);
  });

  it('that names a package which is not shown is unknown, and no empty list', async () => {
    const { readings } = await scanGhcr(await scenario('all-good'), { address: 'acme/missing' });
    expect(readings.at(-1)).toMatchObject({
      kind: 'end',
      listing: {
        state: 'unknown',
        why: 'denied-or-absent',
        from: { detail: expect.stringContaining('acme has no package missing') },
      },
    });
  });

  it('of an unknown owner says so in one line', async () => {
    expect(whyNot(await open('nobody'))).toBe(
      'HTTP 404: GitHub knows no organization or user nobody, or hides it from the token of GITHUB_TOKEN',
    );
  });

  it.each(['-acme', 'acme//app', 'ac me', 'acme/app//x', 'user:secret@host'])(
    'is refused as %s before any call',
    async (address) => {
      const refused = open(address).catch((error: Error) => error.message);
      expect(await refused).toMatch(/is not an address of GHCR/);
      expect(await refused).not.toContain('secret');
    },
  );

  it('is refused where the address of GitHub is none', async () => {
    await expect(open('acme', { GITHUB_API_URL: 'github' }, { url: 'ftp://x' })).rejects.toThrow(
      /the address of GitHub/,
    );
  });
});

describe('secrets', () => {
  const isOf = (token: string) => (scan: Scan) => {
    const { findings, readings } = scan;
    return JSON.stringify({ findings, readings }).includes(token);
  };

  it('appear in no fact, finding or reason, even where GitHub repeats them', async () => {
    const good = await scenario('all-good');
    const faults: GhcrEstate['faults'] = [
      { kind: 'new-word', operation: 'getOrganization', field: 'login', value: settingsToken },
      { kind: 'new-word', operation: 'listPackages', field: '[].name', value: packagesToken },
    ];
    const scan = await scanGhcr({ ...good, faults });
    expect(isOf(packagesToken)(scan)).toBe(false);
    expect(isOf(settingsToken)(scan)).toBe(false);
  });

  it('of a credential are dropped where GitHub tells its last characters', async () => {
    const demo = await scenario('demo');
    expect(JSON.stringify(demo.credentials)).toContain('71c3fc11');
    expect(isOf('71c3fc11')(await scanGhcr(demo))).toBe(false);
  });
});
