import { devNull } from 'node:os';
import { describe, expect, it } from 'vitest';
import { credentials } from '../../src/demo/oci/access.ts';
import { serveOci } from '../../src/demo/oci/serve-estate.ts';
import { HttpError } from '../../src/http/http.ts';
import { provider } from '../../src/providers/oci/index.ts';
import { credentialsFor } from '../../src/providers/oci/wire/credentials.ts';
import { mayBePlain } from '../../src/providers/oci/wire/reach.ts';
import { ociScenario, scanOci } from '../support/oci/scan-oci.ts';
import { scanProvider } from '../support/scan-provider.ts';

const scanAt = async (address: string, options = {}) => {
  const served = await serveOci(await ociScenario('all-good'));
  return scanProvider(
    provider,
    { ...served, asOf: '2026-11-02T09:00:00Z' },
    { address, options, checks: [] },
  );
};

describe('a target', () => {
  it.each([
    ['', 'no an OCI registry is named'],
    ['registry.example.org/Team/App', 'names no repository'],
    ['registry.example.org/team//app', 'names no repository'],
    ['user:secret@registry.example.org', 'is not an address'],
    ['registry example', 'is not an address'],
  ])('"%s" is refused before a call is made', async (address, says) => {
    const refused = scanProvider(
      provider,
      {
        environment: { DOCKER_CONFIG: devNull },
        asOf: '2026-11-02T09:00:00Z',
        calls: new Map(),
        close: async () => undefined,
      },
      { address },
    );
    await expect(refused).rejects.toThrow(says);
    await expect(refused).rejects.not.toThrow('secret');
  });

  it('of this machine is reached over http where nothing speaks TLS, and named with its port', async () => {
    const served = await serveOci(await ociScenario('all-bad'));
    const { host } = new URL(served.url);
    const { readings } = await scanProvider(
      provider,
      { ...served, asOf: '2026-11-02T09:00:00Z' },
      { address: host },
    );
    expect(readings[0]).toMatchObject({
      registry: `oci://${host}`,
      unreachable: null,
      facts: { transport: { value: { mode: 'plain-http' } } },
    });
  });

  it('that names a repository is about this one alone, and its list is whole', async () => {
    const { readings } = await scanOci(await ociScenario('pull-through'), {
      address: 'registry.example.org/team/app',
    });
    expect(readings.map((line) => ('name' in line ? line.name : line.registry))).toEqual([
      'oci://registry.example.org/team/app',
      'team/app',
      'oci://registry.example.org/team/app',
    ]);
    expect(readings.at(-1)).toMatchObject({ listing: { value: { repositories: 1 } } });
  });
});

describe('credentials', () => {
  const pair = { OCI_USERNAME: 'auditor', OCI_PASSWORD: 'test-only', DOCKER_CONFIG: devNull };

  it('of the environment go to the host that OCI_URL names, and to no other', async () => {
    const environment = { ...pair, OCI_URL: 'https://registry.example.org' };
    expect(await credentialsFor('registry.example.org', {}, environment)).not.toBeNull();
    expect(await credentialsFor('registry.example.com', {}, environment)).toBeNull();
    expect(await credentialsFor('registry.example.org', {}, pair)).toBeNull();
  });

  it('of which one half is missing are refused with the name of the variable', async () => {
    const options = { usernameEnv: 'AUDIT_USER' };
    const half = { AUDIT_USER: 'auditor', DOCKER_CONFIG: devNull };
    await expect(credentialsFor('r.example.org', options, half)).rejects.toThrow(
      'OCI_PASSWORD is not set, which has to sign in to r.example.org',
    );
  });

  it('that are wrong leave the registry unread, with one line that says how to sign in', async () => {
    const wrong = { ...(await ociScenario('all-good')), caller: 'wrong-password' } as const;
    const { readings } = await scanOci(wrong);
    expect(readings[0]).toMatchObject({
      unreachable: {
        why: 'denied',
        from: { detail: expect.stringContaining('docker login registry.example.org') },
      },
    });
  });

  it.each(['all-good', 'passwords', 'new-word', 'half-denied'] as const)(
    'of %s appear in nothing that is read, nor do tokens',
    async (name) => {
      const { readings, findings } = await scanOci(await ociScenario(name));
      const text = JSON.stringify([readings, findings]);
      expect(text).not.toContain(credentials.password);
      expect(text).not.toContain(
        Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64'),
      );
      expect(text).not.toMatch(/Bearer [A-Za-z0-9]|e30\./);
    },
  );
});

it('a host without a registry is not reached', async () => {
  const { readings } = await scanAt('127.0.0.1:1');
  expect(readings[0]).toMatchObject({ unreachable: { why: 'unreachable' } });
});

describe('tokens that strangers get', () => {
  const push = async (more: object, names: readonly string[]) => {
    const good = await ociScenario('all-good');
    const repositories = Object.fromEntries(
      names.map((name) => [name, { images: [], strangersPush: name === 'zoo' }]),
    );
    const { readings } = await scanOci({ ...good, tokens: 'for-anybody', repositories, ...more });
    const [line] = readings;
    return line !== undefined && 'facts' in line ? line.facts['anonymousPush'] : undefined;
  };
  const many = Array.from({ length: 21 }, (_, index) => `app${index}`);

  it('with the right to push to one repository open the registry, on whatever page it is listed', async () => {
    expect(await push({ pageSize: 2 }, ['a', 'b', 'c', 'zoo'])).toMatchObject({
      value: { mode: 'accepted', how: 'a token for zoo with push is issued without login' },
    });
  });

  it('without it prove that nobody can push where every repository was asked about', async () => {
    expect(await push({ pageSize: 2 }, ['a', 'b', 'c'])).toMatchObject({
      value: { mode: 'refused' },
    });
  });

  it('prove nothing about repositories that were not asked about', async () => {
    expect(await push({ pageSize: 10 }, many)).toMatchObject({ why: 'inconclusive' });
    expect(await push({ product: 'harbor' }, ['a'])).toMatchObject({ why: 'inconclusive' });
  });

  it('prove nothing where they do not tell their rights', async () => {
    expect(await push({ tokens: 'opaque' }, ['a'])).toMatchObject({ why: 'inconclusive' });
  });
});

it.each([
  ['TLS failed: wrong version number (EPROTO)', true],
  ['TLS failed: packet length too long (ERR_SSL_PACKET_LENGTH_TOO_LONG)', true],
  ['TLS failed: self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)', false],
  ['TLS failed: the name does not fit (ERR_TLS_CERT_ALTNAME_INVALID)', false],
  ['TLS failed: it has expired (CERT_HAS_EXPIRED)', false],
])('%s: plain http is tried: %s', (message, tried) => {
  expect(mayBePlain(new HttpError('tls', message))).toBe(tried);
});
