import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GhcrEstate } from '../../src/demo/ghcr/estate.ts';
import { serve } from '../../src/demo/wire-server.ts';
import { installationAuthorizer } from '../../src/providers/ghcr/wire/app.ts';
import { scanGhcr, scenario } from '../support/ghcr/scan.ts';
import type { Scan } from '../support/scan-provider.ts';

const granted = {
  organization_administration: 'write',
  members: 'read',
  metadata: 'read',
  contents: 'write',
};

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs1', format: 'pem' }).toString();
}

describe('a GitHub App that reads the settings', () => {
  let estate: GhcrEstate;
  let pem: string;
  let other: string;

  beforeAll(async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    pem = pemOf(privateKey);
    other = pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    const good = await scenario('all-good');
    const permissions = ['organization_administration', 'members', 'metadata'];
    estate = {
      ...good,
      tokens: { ...good.tokens, settings: { kind: 'installation', role: 'owner', permissions } },
      app: {
        id: 'Iv23liDemo',
        publicKey: pemOf(publicKey),
        granted,
        expiresAt: '2099-01-01T00:00:00Z',
      },
    };
  }, 60_000);

  const scanned = (
    environment: Readonly<Record<string, string>>,
    changes: Partial<NonNullable<GhcrEstate['app']>> = {},
    faults: GhcrEstate['faults'] = [],
  ): Promise<Scan> => {
    const { app } = estate;
    if (app === undefined) throw new Error('there is no app');
    return scanGhcr(
      { ...estate, faults, app: { ...app, ...changes } },
      {
        context: {
          environment: {
            DOCKER_CONFIG: '/nowhere',
            GITHUB_TOKEN: 'ghp_demo-packages-token',
            ...environment,
          },
        },
      },
    );
  };
  const signIn = ({ readings }: Scan) => {
    const line = readings.find(({ kind }) => kind === 'registry');
    if (line?.kind !== 'registry') throw new Error('no registry was read');
    return line.facts['signIn'];
  };
  const id = { REGAUDIT_GITHUB_APP_ID: 'Iv23liDemo' };

  it('signs in once with its key, and reads what it was granted', async () => {
    const scan = await scanned({ ...id, REGAUDIT_GITHUB_APP_KEY: pem });
    expect(signIn(scan)).toMatchObject({ state: 'known', value: { mode: 'mfa-required' } });
    expect(scan.calls.get('getInstallation')).toBe(1);
    expect(scan.calls.get('issueInstallationToken')).toBe(1);
  });

  it('has its key in a file, or in a variable with escaped line breaks', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'regaudit-app-')), 'key.pem');
    writeFileSync(file, pem);
    for (const key of [
      { REGAUDIT_GITHUB_APP_KEY_FILE: file },
      { REGAUDIT_GITHUB_APP_KEY: pem.replaceAll('\n', '\\n') },
    ]) {
      expect(signIn(await scanned({ ...id, ...key }))).toMatchObject({ state: 'known' });
    }
  });

  it('is asked for another token before the one it has ends', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    const scan = await scanned({ ...id, REGAUDIT_GITHUB_APP_KEY: pem }, { expiresAt: soon });
    expect(signIn(scan)).toMatchObject({ state: 'known' });
    expect(scan.calls.get('issueInstallationToken')).toBeGreaterThan(1);
  });

  it('gives way to a token for settings', async () => {
    const settings = { REGAUDIT_GITHUB_SETTINGS_TOKEN: 'ghs_demo-settings-token' };
    const scan = await scanned({ ...id, REGAUDIT_GITHUB_APP_KEY: pem, ...settings });
    expect(scan.calls.has('getInstallation')).toBe(false);
    expect(signIn(scan)).toMatchObject({ state: 'known' });
  });

  it('that is not installed in the organization leaves the settings unknown, and reads packages', async () => {
    const scan = await scanned({ ...id, REGAUDIT_GITHUB_APP_KEY: pem }, { installed: false });
    expect(signIn(scan)).toMatchObject({
      why: 'denied',
      from: { detail: 'the GitHub App of REGAUDIT_GITHUB_APP_ID is not installed in acme' },
    });
    expect(scan.readings.some(({ kind }) => kind === 'repository')).toBe(true);
  });

  it('with the key of another is tried once', async () => {
    const scan = await scanned({ ...id, REGAUDIT_GITHUB_APP_KEY: other });
    expect(signIn(scan)).toMatchObject({
      why: 'denied',
      from: { detail: expect.stringContaining('does not accept the key') },
    });
    expect(scan.calls.get('getInstallation')).toBe(1);
  });

  it.each([
    [{ kind: 'denied', operation: 'issueInstallationToken' }, 'denied'],
    [{ kind: 'empty-object', operation: 'issueInstallationToken' }, 'undecodable'],
    [{ kind: 'missing-field', operation: 'issueInstallationToken', field: 'token' }, 'undecodable'],
    [{ kind: 'no-content', operation: 'getInstallation' }, 'undecodable'],
    [{ kind: 'missing-field', operation: 'getInstallation', field: 'id' }, 'undecodable'],
    [{ kind: 'missing-field', operation: 'getInstallation', field: 'permissions' }, 'undecodable'],
  ] as const)('whose sign-in meets %j leaves the settings unknown: %s', async (fault, why) => {
    const scan = await scanned({ ...id, REGAUDIT_GITHUB_APP_KEY: pem }, {}, [fault]);
    expect(signIn(scan)).toMatchObject({ state: 'unknown', why });
  });

  it.each([
    [
      () => id,
      'REGAUDIT_GITHUB_APP_ID is set without REGAUDIT_GITHUB_APP_KEY or REGAUDIT_GITHUB_APP_KEY_FILE',
    ],
    [
      () => ({ REGAUDIT_GITHUB_APP_KEY: pem }),
      'REGAUDIT_GITHUB_APP_KEY is set without REGAUDIT_GITHUB_APP_ID, the id or client id of the app',
    ],
    [
      () => ({ ...id, REGAUDIT_GITHUB_APP_KEY: 'secret-word' }),
      'REGAUDIT_GITHUB_APP_KEY holds no RSA private key (PEM, without passphrase)',
    ],
    [
      () => ({ REGAUDIT_GITHUB_APP_ID: 'a b', REGAUDIT_GITHUB_APP_KEY: pem }),
      'REGAUDIT_GITHUB_APP_ID is no id of a GitHub App',
    ],
  ])('that is half configured is refused in one line (%#)', async (environment, detail) => {
    const { readings, calls } = await scanned(environment());
    const line = readings.find(({ kind }) => kind === 'registry');
    expect(line).toMatchObject({ unreachable: { why: 'denied', from: { detail } } });
    expect(calls.size).toBe(0);
  });

  it('asks for no more than to read, whatever the app may', async () => {
    const bodies: string[] = [];
    const server = await serve(({ method, body }) => {
      if (method === 'POST') bodies.push(body);
      const json = { id: 7, permissions: granted, token: 'ghs_x', expires_at: estate.asOf };
      return { status: 200, headers: {}, body: JSON.stringify(json) };
    });
    const authorize = installationAuthorizer({
      settings: {
        base: server.url,
        concurrency: 1,
        signal: new AbortController().signal,
        retryPolicy: { maxAttempts: 1, baseDelay: 1, waits: false },
        environment: {},
      },
      app: { id: 'Iv23liDemo', key: createPrivateKey(pem) },
      owner: 'acme',
    });
    await authorize({ operation: 'getOrganization', path: '/orgs/acme' }, false);
    await authorize.close?.();
    await server.close();
    expect(bodies.map((body) => JSON.parse(body))).toEqual([
      { permissions: { members: 'read', metadata: 'read', organization_administration: 'read' } },
    ]);
  });

  it('has neither key nor token in a fact, finding or reason', async () => {
    const { findings, readings } = await scanned({ ...id, REGAUDIT_GITHUB_APP_KEY: pem }, {}, [
      {
        kind: 'new-word',
        operation: 'getOrganization',
        field: 'login',
        value: 'ghs_demo-settings-token',
      },
    ]);
    const said = JSON.stringify({ findings, readings });
    expect(said).not.toContain('ghs_demo');
    expect(said).not.toContain('PRIVATE KEY');
  });
});
