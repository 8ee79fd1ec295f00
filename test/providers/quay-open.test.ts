import { describe, expect, it } from 'vitest';
import type { Estate } from '../../src/demo/quay/estate.ts';
import { demoHost } from '../../src/demo/quay/serve-estate.ts';
import type { HttpClient } from '../../src/http/http.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { servedAs } from '../../src/providers/quay/facts/transport.ts';
import { provider } from '../../src/providers/quay/index.ts';
import { hostedPace, hostedPacer, pacer } from '../../src/providers/quay/wire/pace.ts';
import { organization } from '../support/quay/law-scenes.ts';
import { scanEstate } from '../support/quay/scan.ts';

const context = { signal: new AbortController().signal, caFile: undefined };

const several: Estate = {
  ...organization,
  users: [{ name: 'root', superuser: true }, { name: 'ann' }, { name: 'ben' }],
  namespaces: {
    ...organization.namespaces,
    other: { teams: { owners: { role: 'admin', members: ['olivia'] } }, repositories: {} },
    ann: { user: true, repositories: { notes: { users: { ann: 'admin' } } } },
  },
};

const registriesOf = async (estate: Estate) => {
  const { readings } = await scanEstate(estate, { address: demoHost });
  return readings.flatMap((line) =>
    line.kind === 'registry' ? [[line.registry, line.unreachable?.why ?? null]] : [],
  );
};

describe('a target without a namespace', () => {
  it('is every organization, and every user with repositories, for who may read everything', async () => {
    expect(await registriesOf(several)).toEqual([
      [`quay://${demoHost}/acme`, null],
      [`quay://${demoHost}/other`, null],
      [`quay://${demoHost}/ann`, null],
    ]);
  });

  it('is the organizations of the user for everybody else', async () => {
    const caller = { name: 'olivia', kind: 'user', scopes: ['user:read', 'org:admin'] } as const;
    expect(await registriesOf({ ...several, caller })).toEqual([
      [`quay://${demoHost}/acme`, null],
      [`quay://${demoHost}/other`, null],
    ]);
  });

  it('is unknown for a token that may not say whom it belongs to', async () => {
    const caller = { name: 'olivia', kind: 'user', scopes: ['org:admin'] } as const;
    expect(await registriesOf({ ...several, caller })).toEqual([[`quay://${demoHost}`, 'denied']]);
  });

  it.each(['denied', 'server-error-html', 'empty-body', 'malformed-body'] as const)(
    'is never taken for whole when the accounts are %s',
    async (kind) => {
      const faults = [{ operation: 'listAllUsers', kind }];
      const found = await registriesOf({ ...several, faults });
      expect(found.at(-1)?.[0]).toBe(`quay://${demoHost}`);
      expect(found.at(-1)?.[1]).not.toBeNull();
    },
  );
});

describe('a target with a repository', () => {
  it('is that repository alone', async () => {
    const { readings } = await scanEstate(organization, { address: `${demoHost}/acme/app` });
    expect(readings.flatMap((line) => (line.kind === 'repository' ? [line.name] : []))).toEqual([
      'app',
    ]);
    expect(readings.at(-1)).toMatchObject({ listing: { value: { repositories: 1 } } });
  });
});

it('a namespace that is not there is said to be none', async () => {
  const { readings } = await scanEstate(organization, { address: `${demoHost}/nobody` });
  expect(readings[0]).toMatchObject({
    unreachable: {
      why: 'denied-or-absent',
      from: { detail: 'there is no organization and no user nobody' },
    },
  });
});

it('without a token nothing is asked, and the sentence says where one is made', async () => {
  const { readings, calls } = await scanEstate(organization, { context: { environment: {} } });
  expect(calls.size).toBe(0);
  expect(JSON.stringify(readings[0])).toContain(
    `no credentials for ${demoHost}: set QUAY_TOKEN to an OAuth access token`,
  );
});

it.each(['', 'quay.example.org/Acme Corp', 'quay.example.org/acme/', 'quay.example.org/../x'])(
  'quay://%s',
  async (address) => {
    const open = provider.open({ provider: 'quay', address, options: {} }, {
      environment: {},
    } as never);
    if (address.endsWith('acme/')) await expect(open).resolves.toBeDefined();
    else await expect(open).rejects.toBeInstanceOf(UsageError);
  },
);

describe('transport', () => {
  it('is in clear where clients are sent to http for their tokens, whatever stands in front', async () => {
    const probe = { base: 'https://quay.example.org', context };
    const fact = await servedAs(probe, { scheme: 'http', host: 'quay.example.org' });
    expect(fact).toMatchObject({ state: 'known', value: { mode: 'plain-http' } });
  });

  it('is unknown where clients are sent to another host', async () => {
    const probe = { base: 'https://quay.example.org', context };
    const fact = await servedAs(probe, { scheme: 'https', host: 'other.example.org' });
    expect(fact).toMatchObject({ state: 'unknown', why: 'inconclusive' });
  });

  it('is looked at by handshakes otherwise, and unknown where nobody answers', async () => {
    const probe = { base: 'https://127.0.0.1:1', context };
    const fact = await servedAs(probe, { scheme: 'https', host: '127.0.0.1:1' });
    expect(fact).toMatchObject({ state: 'unknown', from: { operation: 'probeTls' } });
  });
});

describe('quay.io', () => {
  const caller = {
    name: 'olivia',
    kind: 'user',
    scopes: ['repo:read', 'repo:admin', 'org:admin', 'user:read'],
  } as const;
  const ownConfiguration = { ...organization, caller, version: '' };

  it('is judged by what an owner is told, and asked nothing that superusers alone are told', async () => {
    const { findings, calls } = await scanEstate(ownConfiguration, { address: 'quay.io/acme' });
    expect([...calls.keys()].filter((name) => /^listAll|Configuration$/.test(name))).toEqual([]);
    const of = (check: string) => findings.find((one) => one.check === check)?.verdict;
    expect(of('admins-few')).toBe('pass');
    expect(of('audit-log-on')).toBe('pass');
    expect(of('version-supported')).toBe('not-applicable');
    expect(of('directory-verified')).toBe('not-applicable');
    expect(of('self-registration-off')).toBe('not-applicable');
    expect(of('replication-targets-trusted')).toBe('not-applicable');
    expect(of('push-limited-to-ci')).toBe('pass');
  });

  it('is asked 5 times a second, after 25 at once, whichever target asks', async () => {
    const waits: number[] = [];
    const clock = { now: () => 0, sleep: async (wait: number) => waits.push(wait) };
    const paced = pacer(hostedPace, clock);
    const clients = [paced(client()), paced(client())];
    for (let sent = 0; sent < 20; sent += 1) {
      for (const one of clients) await one.send({ operation: 'x', path: '/' });
    }
    // The first 25 of 40 do not wait; each further one waits 200 ms longer than the one before.
    expect(waits).toEqual(Array.from({ length: 15 }, (_, at) => (at + 1) * 200));
  });

  it('has one pace for all targets of a scan, and another scan its own', () => {
    const scan = new AbortController().signal;
    expect(hostedPacer(scan)).toBe(hostedPacer(scan));
    expect(hostedPacer(new AbortController().signal)).not.toBe(hostedPacer(scan));
  });
});

function client(): HttpClient {
  const headers = {};
  return {
    send: async () => ({
      status: 200,
      url: '',
      headers,
      bytes: new Uint8Array(),
      text: '',
      json: () => null,
    }),
    json: async () => null,
    calls: () => 0,
    close: async () => undefined,
  };
}
