import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { demoSecret } from '../../src/demo/harbor/answers.ts';
import type { Estate } from '../../src/demo/harbor/estate.ts';
import { demoHost, serveEstate } from '../../src/demo/harbor/serve-estate.ts';
import { provider } from '../../src/providers/harbor/index.ts';
import { scanEstate, scenario } from '../support/harbor/scan.ts';
import { caFile, scanOverTls } from '../support/harbor/scan-over-tls.ts';
import { type Scan, scanProvider } from '../support/scan-provider.ts';

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'regaudit-harbor-'));
}

/** Nothing but the constants is said of an instance that could not be signed in to. */
function isOnlyUnknown({ findings }: Scan): boolean {
  const decided = findings.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  return decided.length === 0 && findings.some(({ verdict }) => verdict === 'unknown');
}

async function signedInWith(environment: Record<string, string>, options = {}): Promise<Scan> {
  return scanEstate(await scenario('all-good'), { options, context: { environment } });
}

describe('credentials', () => {
  const good = { HARBOR_USERNAME: 'auditor', HARBOR_PASSWORD: demoSecret, HOME: '/nowhere' };

  it('come from the environment', async () => {
    expect(isOnlyUnknown(await signedInWith(good))).toBe(false);
  });

  it('come from variables that the configuration names', async () => {
    const scan = await signedInWith(
      { HOME: '/nowhere', AUDIT_ROBOT: 'auditor', AUDIT_SECRET: demoSecret },
      { usernameEnv: 'AUDIT_ROBOT', passwordEnv: 'AUDIT_SECRET' },
    );
    expect(isOnlyUnknown(scan)).toBe(false);
  });

  it('come from a file', async () => {
    const passwordFile = join(folder(), 'secret');
    writeFileSync(passwordFile, `${demoSecret}\n`);
    const scan = await signedInWith(
      { HOME: '/nowhere', HARBOR_USERNAME: 'auditor' },
      { passwordFile },
    );
    expect(isOnlyUnknown(scan)).toBe(false);
  });

  it('come from what docker login left for this host', async () => {
    const estate = await scenario('all-good');
    const served = await serveEstate(estate);
    const home = folder();
    const auth = Buffer.from(`auditor:${demoSecret}`).toString('base64');
    const { host } = new URL(served.url);
    writeFileSync(join(home, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
    const scan = await scanProvider(
      provider,
      { ...served, environment: { DOCKER_CONFIG: home }, asOf: estate.asOf },
      { address: demoHost, options: { url: served.url } },
    );
    expect(isOnlyUnknown(scan)).toBe(false);
  });

  it.each([
    [
      'none at all',
      { HOME: '/nowhere' },
      /no credentials: HARBOR_USERNAME and HARBOR_PASSWORD are not set/,
    ],
    [
      'half of them',
      { HOME: '/nowhere', HARBOR_USERNAME: 'auditor' },
      /HARBOR_PASSWORD is not set/,
    ],
    ['wrong ones', { ...good, HARBOR_PASSWORD: 'guessed' }, /HTTP 401/],
  ])(
    '%s: nothing is read as a stranger, and nothing but that is said',
    async (_, environment, why) => {
      const scan = await signedInWith(environment);
      expect(isOnlyUnknown(scan)).toBe(true);
      const message = scan.findings.find(({ verdict }) => verdict === 'unknown')?.message;
      expect(message).toMatch(why);
      expect(message).toMatch(/sign in with docker login [\w.:]+, or set HARBOR_USERNAME/);
      expect(message).not.toContain('grant ');
      expect([...scan.calls.keys()].filter((name) => name !== 'getCurrentUserInfo')).toEqual([]);
      expect(JSON.stringify(scan.findings)).not.toContain('guessed');
    },
  );

  it('a 412 that is not the answer to a robot is no sign-in', async () => {
    const estate: Estate = await scenario('half-denied');
    const faults = [
      { kind: 'empty-body', operation: 'getCurrentUserInfo' },
    ] as const satisfies Estate['faults'];
    const scan = await scanEstate({ ...estate, faults });
    expect(isOnlyUnknown(scan)).toBe(true);
  });
});

describe('addresses', () => {
  const opened = async (address: string, options = {}, environment = {}) => {
    const context = {
      plan: { registry: new Set<string>(), repository: new Set<string>() },
      concurrency: 1,
      signal: new AbortController().signal,
      scan: new AbortController().signal,
      environment: { HOME: '/nowhere', ...environment },
      caFile: undefined,
      wanted: () => true,
      images: { newest: 3, tags: [], mayPull: false },
      now: () => new Date(0),
      retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
      progress: () => undefined,
    };
    const ids: string[] = [];
    const target = { provider: 'harbor', address, options };
    for await (const { id } of await provider.open(target, context)) ids.push(id);
    return ids;
  };

  it.each([
    ['harbor.example.org', {}, {}, 'harbor://harbor.example.org'],
    ['Harbor.Example.org:8443/', {}, {}, 'harbor://harbor.example.org:8443'],
    ['[::1]:8443', {}, {}, 'harbor://[::1]:8443'],
    ['', { url: 'https://harbor.example.org/registry/' }, {}, 'harbor://harbor.example.org'],
    ['', {}, { HARBOR_URL: 'https://harbor.example.org' }, 'harbor://harbor.example.org'],
    ['harbor.example.org', { url: 'http://127.0.0.1:9' }, {}, 'harbor://harbor.example.org'],
  ])('%s with %j and %j is %s', async (address, options, environment, id) => {
    expect(await opened(address, options, environment)).toEqual([id]);
  });

  it.each([
    ['', {}, {}, 'no Harbor is named'],
    ['harbor.example.org/project', {}, {}, 'is not an address of Harbor'],
    ['user:secret@harbor.example.org', {}, {}, 'is not an address of Harbor'],
    ['har bor', {}, {}, 'is not an address of Harbor'],
    ['', {}, { HARBOR_URL: 'ftp://harbor.example.org' }, 'is no address of Harbor'],
    [
      '',
      {},
      { HARBOR_URL: 'https://user:secret@harbor.example.org' },
      'more than a host and a path',
    ],
    ['', {}, { HARBOR_URL: 'https://harbor.example.org/?a=b' }, 'more than a host and a path'],
  ])('%s with %j and %j means nothing', async (address, options, environment, why) => {
    await expect(opened(address, options, environment)).rejects.toThrow(why);
    await expect(opened(address, options, environment)).rejects.not.toThrow('secret');
  });
});

describe('over TLS', () => {
  const scanned = async (
    authority: string | undefined,
    external?: (port: number) => string,
  ): Promise<Scan> =>
    scanOverTls(
      await scenario('all-good'),
      {
        checks: checks.filter(({ id }) => id === 'tls-only' || id === 'central-identity-on'),
        context: { caFile: authority },
      },
      external,
    );
  const of = ({ findings }: Scan, wanted: string) => findings.find(({ check }) => check === wanted);

  it('an instance with a certificate of a given authority is served over HTTPS alone', async () => {
    const found = of(await scanned(caFile), 'tls-only');
    expect(found).toMatchObject({ verdict: 'pass' });
    expect(found?.message).toMatch(/TLS 1\.2 or newer; the certificate expires on 21/);
  });

  it('one that sends its clients to another host for their tokens says nothing of that host', async () => {
    const found = of(await scanned(caFile, () => 'https://harbor.example.org'), 'tls-only');
    expect(found).toMatchObject({ verdict: 'unknown' });
    expect(found?.message).toContain('clients are sent to harbor.example.org');
  });

  it('one that sends its clients to plain HTTP is not', async () => {
    const found = of(await scanned(caFile, () => 'http://harbor.example.org'), 'tls-only');
    expect(found).toMatchObject({ verdict: 'fail' });
    expect(found?.message).toContain('clients are sent to http://harbor.example.org');
  });

  it('one whose certificate nobody vouches for gets no password, and is unknown', async () => {
    const scan = await scanned(undefined);
    expect(of(scan, 'central-identity-on')).toMatchObject({ verdict: 'unknown' });
    expect(scan.calls.size).toBe(0);
  });
});
