import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Estate } from '../../src/demo/nexus/estate.ts';
import { serve, type WireAnswer } from '../../src/demo/wire-server.ts';
import { provider } from '../../src/providers/nexus/index.ts';
import { scanEstate, scenario } from '../support/nexus/scan.ts';
import { scanNexusOverTls } from '../support/nexus/scan-over-tls.ts';
import { type Scan, type ScanOptions, scanProvider } from '../support/scan-provider.ts';

const decided: readonly string[] = ['pass', 'fail'];
const isOnlyUnknown = ({ findings }: Scan) =>
  findings.every(({ verdict }) => !decided.includes(verdict)) &&
  findings.some(({ verdict }) => verdict === 'unknown');
const messageOf = ({ findings }: Scan) =>
  findings.find(({ verdict }) => verdict === 'unknown')?.message ?? '';

async function signedInWith(environment: Record<string, string>, options = {}): Promise<Scan> {
  return scanEstate(await scenario('all-good'), { options, context: { environment } });
}

const password = 'not-a-secret';
const home = { HOME: '/nowhere', USERPROFILE: '/nowhere' };

describe('credentials', () => {
  it('come from the environment', async () => {
    const environment = { ...home, NEXUS_USERNAME: 'auditor', NEXUS_PASSWORD: password };
    expect(isOnlyUnknown(await signedInWith(environment))).toBe(false);
  });

  it('come from variables that the configuration names', async () => {
    const scan = await signedInWith(
      { ...home, AUDIT_USER: 'auditor', AUDIT_PASSWORD: password },
      { usernameEnv: 'AUDIT_USER', passwordEnv: 'AUDIT_PASSWORD' },
    );
    expect(isOnlyUnknown(scan)).toBe(false);
  });

  it('come from a file', async () => {
    const passwordFile = join(mkdtempSync(join(tmpdir(), 'regaudit-nexus-')), 'secret');
    writeFileSync(passwordFile, `${password}\n`);
    const scan = await signedInWith({ ...home, NEXUS_USERNAME: 'auditor' }, { passwordFile });
    expect(isOnlyUnknown(scan)).toBe(false);
  });

  it('are never left out: anonymous access is not a way to scan', async () => {
    const scan = await signedInWith(home);
    expect(isOnlyUnknown(scan)).toBe(true);
    expect(messageOf(scan)).toContain('NEXUS_USERNAME and NEXUS_PASSWORD are not set');
    expect(scan.calls.size).toBe(0);
  });

  it('that are half there are named', async () => {
    expect(messageOf(await signedInWith({ ...home, NEXUS_USERNAME: 'auditor' }))).toContain(
      'NEXUS_PASSWORD is not set',
    );
  });

  it('that are wrong are refused on one line that names user, host and what to do', async () => {
    const environment = { ...home, NEXUS_USERNAME: 'auditor', NEXUS_PASSWORD: 'hunter2' };
    const scan = await signedInWith(environment);
    expect(isOnlyUnknown(scan)).toBe(true);
    expect(messageOf(scan)).toMatch(/refuses the user auditor \(HTTP 401\).*docker login 127/);
    expect(messageOf(scan)).not.toContain('\n');
    expect(JSON.stringify(scan.findings)).not.toContain('hunter2');
  });
});

describe('addresses', () => {
  const opened = async (address: string, options = {}, environment = {}) => {
    const context = { environment, signal: new AbortController().signal };
    return provider.open(
      { provider: 'nexus', address, options },
      context as unknown as Parameters<typeof provider.open>[1],
    );
  };

  it.each([['nexus://user:secret@host'.slice('nexus://'.length)], ['-host'], ['host:port']])(
    '%s is none',
    async (address) => {
      await expect(opened(address)).rejects.toThrow('is not an address of Nexus Repository');
      await expect(opened(address)).rejects.not.toThrow('secret');
    },
  );

  it('without a host there is nothing to scan', async () => {
    await expect(opened('')).rejects.toThrow('no Nexus Repository is named');
  });

  const answering = async (path: string, answer: WireAnswer) => {
    const asked: string[] = [];
    const { url, close } = await serve((request) => {
      asked.push(request.path);
      return request.path.startsWith(path) ? answer : { status: 404, headers: {}, body: '' };
    });
    const options: ScanOptions = { address: '', options: { url: `${url}${path}` } };
    const environment = { NEXUS_USERNAME: 'auditor', NEXUS_PASSWORD: password };
    const scan = await scanProvider(
      provider,
      { environment, asOf: '2026-11-02T09:00:00Z', calls: new Map(), unmetFaults: () => [], close },
      { ...options, context: { environment } },
    );
    return { scan, asked };
  };

  it('a context path belongs to the address', async () => {
    const { asked } = await answering('/nexus', { status: 401, headers: {}, body: '' });
    expect(asked[0]).toBe('/nexus/service/rest/v1/status');
  });

  it('where nothing of the API is, the context path is asked for', async () => {
    const { scan } = await answering('/', { status: 404, headers: {}, body: '' });
    expect(messageOf(scan)).toContain('nexus://127.0.0.1');
    expect(messageOf(scan)).toContain('/CONTEXT');
  });

  it('a page with status 200 in place of the API is not a server that was signed in to', async () => {
    const headers = { 'content-type': 'text/html' };
    const { scan } = await answering('/', { status: 200, headers, body: '<h1>Sign in</h1>' });
    expect(isOnlyUnknown(scan)).toBe(true);
    expect(messageOf(scan)).toContain('what answers is not Nexus Repository');
  });
});

describe('over TLS', () => {
  const listening = async (server: Server): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return (server.address() as AddressInfo).port;
  };

  const scanned = async (change: (good: Estate) => Estate): Promise<Scan> =>
    scanNexusOverTls(change(await scenario('all-good')), {
      checks: checks.filter(({ id }) => id === 'tls-only'),
    });
  const withConnector = (port: number) => (good: Estate) => ({
    ...good,
    repositories: good.repositories.map((one) => ({ ...one, oci: { httpPort: port } })),
  });

  it('a server without connectors in plain HTTP is served over HTTPS alone', async () => {
    expect((await scanned((good) => good)).findings[0]).toMatchObject({ verdict: 'pass' });
  });

  it('a connector in plain HTTP that answers is found out', async () => {
    const port = await listening(createPlainServer((_, response) => response.writeHead(401).end()));
    const [finding] = (await scanned(withConnector(port))).findings;
    expect(finding).toMatchObject({ verdict: 'fail' });
    expect(finding?.message).toContain(`the connector of shop at port ${port}`);
  });

  it('a connector that only the proxy before the server reaches does no harm', async () => {
    const closed = createPlainServer();
    const port = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect((await scanned(withConnector(port))).findings[0]).toMatchObject({ verdict: 'pass' });
  });

  it('connectors of repositories that are not seen leave it unknown', async () => {
    const [finding] = (
      await scanned((good) => ({ ...good, users: [{ userId: 'auditor', source: 'LDAP' }] }))
    ).findings;
    expect(finding).toMatchObject({ verdict: 'unknown' });
  });
});
