import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { HubEstate } from '../../src/demo/docker-hub/estate.ts';
import { hubAnswers, serveHub } from '../../src/demo/docker-hub/serve-estate.ts';
import { serve, type WireRequest } from '../../src/demo/wire-server.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import type { Progress } from '../../src/providers/contract.ts';
import { provider } from '../../src/providers/docker-hub/index.ts';
import { everything, scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario } from '../support/docker-hub/scenario.ts';
import { type ScanOptions, scanProvider } from '../support/scan-provider.ts';

/** What the fake takes for a session. */
const session = 'Bearer demo.session.token';
const named = (...ids: string[]) => checks.filter(({ id }) => ids.includes(id));
const pulls = named('anonymous-pull-off');
const listingOf = async (estate: HubEstate) => {
  const { summary } = await scanHub(estate, { checks: pulls });
  const [registry] = summary.registries;
  return registry?.listing;
};

describe('a list of repositories', () => {
  const as = async (caller: Partial<HubEstate['caller']>, change: Partial<HubEstate> = {}) => {
    const good = await hubScenario('all-good');
    return { ...good, ...change, caller: { ...good.caller, ...change.caller, ...caller } };
  };
  const open = { web: { private: false } };

  it.each([
    [
      'an owner with a token that sees a private one',
      { credential: 'personal-token' } as const,
      {},
    ],
    ['an editor with such a token', { role: 'Editor', credential: 'personal-token' } as const, {}],
    ['an owner with a password', { credential: 'password' } as const, { repositories: open }],
    [
      'an organization with a token that sees a private one',
      { username: 'acme', credential: 'organization-token' } as const,
      {},
    ],
    [
      'a person of their own account',
      { username: 'acme', credential: 'personal-token' } as const,
      {},
    ],
  ])('of %s is whole', async (_, caller, change) => {
    expect(await listingOf(await as(caller, change))).toMatchObject({
      state: 'known',
      value: { repositories: 1, others: 0 },
    });
  });

  it.each([
    [
      'an owner with a token that sees none private',
      { credential: 'personal-token' } as const,
      { repositories: open },
    ],
    ['a member with a password', { role: 'Member', credential: 'password' } as const, {}],
    ['somebody who is no member', { username: 'eve' }, { caller: undefined }],
    [
      'an organization with a token that sees none private',
      { username: 'acme', credential: 'organization-token' } as const,
      { repositories: open },
    ],
    ['another organization', { username: 'other', credential: 'organization-token' } as const, {}],
    [
      'a person of their own account, all public',
      { username: 'acme', credential: 'personal-token' } as const,
      { repositories: open },
    ],
  ])('of %s may hide some', async (who, caller, change) => {
    const estate = await as(caller, change as Partial<HubEstate>);
    const { role: _, ...stranger } = estate.caller;
    const seen = who.includes('no member') ? { ...estate, caller: stranger } : estate;
    expect(await listingOf(seen)).toMatchObject({ state: 'unknown', why: 'denied' });
  });

  it('is judged as far as it goes, and is none when the server counts more', async () => {
    const estate = await as({}, {});
    const { findings, summary } = await scanHub(
      {
        ...estate,
        faults: [{ kind: 'new-word', operation: 'ListRepositories', field: 'count', value: 99 }],
      },
      { checks: pulls },
    );
    expect(findings.find(({ repository }) => repository === 'web')?.verdict).toBe('pass');
    expect(summary.registries[0]?.listing).toMatchObject({ state: 'unknown', why: 'undecodable' });
  });

  it.each([
    ['of somebody else', { username: 'eve' }, 'unknown'],
    ['of the caller', { username: 'acme' }, 'pass'],
    ['of the token', { username: 'acme', credential: 'organization-token' } as const, 'pass'],
  ])('that is empty hides names where the namespace is %s: %j %s', async (_, caller, verdict) => {
    const { findings } = await scanHub(await as(caller, { repositories: {} }), {
      checks: named('anonymous-catalog-off'),
    });
    expect(findings.map((finding) => finding.verdict)).toEqual([verdict]);
  });

  it('counts plugins apart', async () => {
    const estate = await hubScenario('demo');
    expect(await listingOf(estate)).toMatchObject({ value: { repositories: 4, others: 1 } });
  });

  it('with a repository of a type that is not known makes that one unknown, and no other', async () => {
    const estate = await as({}, {});
    const lock = { immutableTags: { enabled: true, rules: [] } };
    const { findings, summary } = await scanHub(
      {
        ...estate,
        repositories: {
          engine: { private: true, type: 'docker engine plugin' },
          llm: { private: true, type: 'model', ...lock },
          web: { private: true, type: 'image', ...lock },
        },
      },
      { checks: named('anonymous-pull-off', 'tags-immutable') },
    );
    expect(findings.map(({ repository, verdict }) => [repository, verdict])).toEqual([
      ['llm', 'unknown'],
      ['llm', 'unknown'],
      ['web', 'pass'],
      ['web', 'pass'],
    ]);
    expect(summary.registries[0]?.listing).toMatchObject({
      state: 'known',
      value: { repositories: 2, others: 1 },
    });
  });

  it('that goes on for ever is left when a page brings nothing new', async () => {
    const estate = await as({}, {});
    const endless = 'https://hub.docker.com/v2/namespaces/acme/repositories?page=2';
    const { answer } = hubAnswers(estate);
    const asked: string[] = [];
    const server = await serve((request) => {
      if (!request.path.endsWith('/repositories')) return answer(request);
      asked.push(request.query.get('page') ?? '');
      const first = answer({ ...request, query: new URLSearchParams('page=1') });
      const body = { ...JSON.parse(String(first.body)), next: endless };
      return { ...first, body: JSON.stringify(body) };
    });
    const { listing } = await scanned(server.url, server.close);
    expect(listing).toMatchObject({ state: 'unknown', why: 'undecodable' });
    expect(asked).toEqual(['1', '2']);
  });
});

async function scanned(
  url: string,
  close: () => Promise<void>,
  { context, checks: asked = pulls }: Pick<ScanOptions, 'context' | 'checks'> = {},
) {
  const estate = await hubScenario('all-good');
  const served = await serveHub(estate);
  await served.close();
  const scan = await scanProvider(
    provider,
    { environment: served.environment, asOf: estate.asOf, calls: new Map(), close },
    {
      address: 'acme',
      checks: asked,
      options: { ...everything, endpoint: url, registryEndpoint: url, scoutEndpoint: url },
      context: { ...context },
    },
  );
  return { ...scan, listing: scan.summary.registries[0]?.listing };
}

describe('entries without what tells them apart', () => {
  it('are not taken for one', async () => {
    const { answer } = hubAnswers(await hubScenario('all-good'));
    const hook = (hook_url: string) => ({ webhooks: [{ hook_url }] });
    const results = [hook('http://plain.example/'), { webhooks: [] }];
    const server = await serve((request) =>
      request.path.endsWith('/webhook_pipeline/')
        ? { status: 200, headers: {}, body: JSON.stringify({ next: null, results }) }
        : answer(request),
    );
    const { findings } = await scanned(server.url, server.close, {
      checks: named('webhooks-use-tls'),
    });
    expect(findings.map(({ verdict }) => verdict)).toEqual(['unknown']);
  });
});

describe('a tag from before digests were told', () => {
  it.each([
    ['is passed over where newer ones stand for the repository', 1, 'pass'],
    ['is not passed over among the newest', 2, 'unknown'],
  ])('%s', async (_, newest, verdict) => {
    const { answer } = hubAnswers(await hubScenario('all-good'));
    const server = await serve((request) => {
      const given = answer(request);
      if (!request.path.endsWith('/tags')) return given;
      const body = JSON.parse(String(given.body));
      const [first, second] = body.results;
      const old = { ...second, digest: null, images: [{ architecture: 'amd64', os: null }] };
      return { ...given, body: JSON.stringify({ ...body, results: [first, old] }) };
    });
    const { findings } = await scanned(server.url, server.close, {
      checks: named('recent-images-signed', 'recent-images-scanned'),
      context: { images: { newest, tags: [], mayPull: false } },
    });
    expect(findings.map((finding) => finding.verdict)).toEqual([verdict, verdict]);
  });
});

describe('Docker Scout', () => {
  it.each([false, null])(
    'that says %s of analysing a repository has reports that may be old',
    async (scout) => {
      const good = await hubScenario('all-good');
      const { web } = good.repositories;
      if (web === undefined) throw new Error('all-good has changed');
      const { findings } = await scanHub(
        { ...good, repositories: { web: { ...web, scout } } },
        { checks: named('recent-images-clean', 'recent-images-scanned') },
      );
      expect(findings.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
    },
  );
});

describe('what Docker Hub refuses', () => {
  const asked = named('admins-few', 'delete-limited', 'audit-log-on', 'tokens-expire');
  const refused = async (caller: Partial<HubEstate['caller']>) => {
    const good = await hubScenario('all-good');
    const { role: _, ...rest } = { ...good.caller, ...caller };
    const { findings } = await scanHub(
      { ...good, caller: caller.role === undefined ? rest : { ...rest, role: caller.role } },
      { checks: asked },
    );
    const blocked = findings.flatMap((finding) => finding.blocked);
    return blocked.filter(({ why }) => why === 'denied');
  };

  it('to personal access tokens is not cured by what an owner has already', async () => {
    const blocked = await refused({ credential: 'personal-token', role: 'Owner' });
    const operations = new Set(blocked.map(({ operation }) => operation));
    expect([...operations].sort()).toEqual([
      'ListAuditLogs',
      'ListInvites',
      'ListMembers',
      'ListOrgAccessTokens',
      'ListPersonalAccessTokens',
    ]);
    for (const { cure } of blocked) {
      expect(cure).toMatch(/user name and password of an owner/);
      expect(cure).not.toMatch(/use a personal access token/);
    }
  });

  it('to organization access tokens is told with the credential that it takes', async () => {
    const blocked = await refused({ credential: 'organization-token', username: 'acme' });
    const tokens = blocked.filter(({ operation }) => operation === 'ListOrgAccessTokens');
    expect(tokens.length).toBeGreaterThan(0);
    for (const { cure } of tokens) expect(cure).toMatch(/user name and password of an owner/);
  });

  it('to strangers is said to be an organization of somebody else', async () => {
    const good = await hubScenario('all-good');
    const { role: _, ...caller } = { ...good.caller, username: 'eve' };
    const faults = ['ListMembers', 'ListInvites', 'ListOrgAccessTokens', 'ListAuditLogs'].map(
      (operation) => ({ kind: 'denied' as const, operation }),
    );
    const { findings, summary } = await scanHub(
      { ...good, caller, faults },
      { checks: named('admins-few', 'audit-log-on', 'anonymous-pull-off') },
    );
    const says = 'acme is none of the organizations of eve';
    for (const check of ['admins-few', 'audit-log-on']) {
      const { message, blocked } = findings.find((finding) => finding.check === check) ?? {};
      expect(message).toContain(says);
      expect(blocked?.map(({ permission }) => permission)).not.toContain('role:owner');
    }
    expect(JSON.stringify(summary.registries[0]?.listing)).toContain(says);
  });
});

describe('an answer of 200 that is not the documented one', () => {
  const others = { web: { private: true, teams: { developers: 'admin' } } };

  it.each([
    '',
    'null',
    '{}',
    '[]',
    '{"error":{"code":403}}',
    '{"errors":[]}',
    '{"message":"x","results":null}',
  ])('passes nothing: %s', async (body) => {
    const estate = { ...(await hubScenario('all-good')), repositories: others };
    const { answer } = hubAnswers(estate);
    const needed = ['/v2/auth/token', '/v2/namespaces/acme/repositories'];
    const server = await serve((request) =>
      needed.includes(request.path) ? answer(request) : { status: 200, headers: {}, body },
    );
    const { findings } = await scanned(server.url, server.close, { checks });
    const passes = findings.filter(({ verdict }) => verdict === 'pass');
    expect(passes.map(({ check }) => check)).toEqual([
      'admin-user-off',
      'anonymous-catalog-off',
      'anonymous-push-off',
      'project-creation-limited',
      'anonymous-pull-off',
    ]);
  });
});

describe('signing in', () => {
  const reached = async (environment: Record<string, string>, options = {}) => {
    const estate = await hubScenario('all-good');
    const { summary, calls } = await scanHub(estate, {
      checks: pulls,
      context: { environment },
      options,
    });
    return { registry: summary.registries[0], calls };
  };
  const password = 'demo-password';
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  const stored = (auths: object) => {
    const folder = mkdtempSync(join(tmpdir(), 'regaudit-hub-'));
    folders.push(folder);
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }));
    return { DOCKER_CONFIG: folder };
  };

  it('takes what docker login left', async () => {
    const auth = Buffer.from(`auditor:${password}`).toString('base64');
    const { registry } = await reached(stored({ 'https://index.docker.io/v1/': { auth } }));
    expect(registry?.reachable).toBe(true);
  });

  it('takes variables that the configuration names, and a file', async () => {
    const { DOCKER_CONFIG } = stored({});
    const file = join(DOCKER_CONFIG, 'token');
    writeFileSync(file, `${password}\n`);
    const environment = { HUB_USER: 'auditor', HUB_TOKEN_FILE: file };
    const options = { usernameEnv: 'HUB_USER', passwordEnv: 'HUB_TOKEN' };
    expect((await reached(environment, options)).registry?.reachable).toBe(true);
  });

  it.each([
    ['without credentials', {}, /no credentials/],
    ['without a user name', { DOCKER_PASSWORD: password }, /DOCKER_USERNAME is not/],
    ['with a wrong token', { DOCKER_USERNAME: 'auditor', DOCKER_PASSWORD: 'x' }, /HTTP 401/],
  ])('%s is a registry that says so', async (_, environment, says) => {
    const { registry } = await reached({ ...stored({}), ...environment });
    expect(registry).toMatchObject({ reachable: false, listing: { why: 'denied' } });
    expect(JSON.stringify(registry?.listing)).toMatch(says);
    expect(registry?.listing).toMatchObject({
      from: { cure: expect.stringContaining('sign in with docker login') },
    });
  });

  it('with the password of an account with a second factor asks for an access token', async () => {
    const refusal = { detail: 'Require secondary authentication', login_2fa_token: 'half-a-login' };
    const { answer } = hubAnswers(await hubScenario('all-good'));
    const server = await serve((request) =>
      request.path === '/v2/auth/token'
        ? { status: 401, headers: {}, body: JSON.stringify(refusal) }
        : answer(request),
    );
    const { listing, summary } = await scanned(server.url, server.close);
    expect(listing).toMatchObject({ state: 'unknown', why: 'denied' });
    expect(JSON.stringify(summary)).toMatch(/second factor.*use an access token/);
    expect(JSON.stringify(summary)).not.toMatch(/half-a-login/);
  });

  it.each(['', '/', 'acme/web', 'a b', '-', '..'])(
    'to the address "%s" cannot mean anything',
    async (address) => {
      const estate = await hubScenario('all-good');
      await expect(scanHub(estate, { address })).rejects.toBeInstanceOf(UsageError);
    },
  );

  it('is done again when the session has ended, once for all calls', async () => {
    const estate = await hubScenario('paging');
    const { answer } = hubAnswers(estate);
    const now = vi.spyOn(Date, 'now');
    let issued = 0;
    let valid = 0;
    const server = await serve((request) => {
      if (request.path === '/v2/auth/token') {
        issued += 1;
        valid = issued;
        return { ...answer(request), body: JSON.stringify({ access_token: `session ${valid}` }) };
      }
      if (issued === 1 && request.path.endsWith('/groups')) {
        const later = performance.timeOrigin + performance.now() + 11 * 60_000;
        now.mockReturnValue(later);
        valid = 0;
      }
      const { authorization } = request.headers;
      const good = authorization === `Bearer session ${valid}`;
      const headers = { ...request.headers, ...(good ? { authorization: session } : {}) };
      return answer({ ...request, headers });
    });
    const { findings } = await scanned(server.url, server.close, {
      checks: named('push-limited-to-ci', 'anonymous-pull-off'),
    }).finally(() => now.mockRestore());
    expect(findings).toHaveLength(2 * Object.keys(estate.repositories).length);
    expect(findings.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    expect(issued).toBe(2);
  });
});

describe('on the wire', () => {
  it('secrets go to the sign-in and the token service alone, and are never printed', async () => {
    const estate = await hubScenario('paging');
    const { answer } = hubAnswers(estate);
    const requests: WireRequest[] = [];
    const told: Progress[] = [];
    const server = await serve((request) => {
      requests.push(request);
      return answer(request);
    });
    const { findings, summary } = await scanned(server.url, server.close, {
      checks,
      context: { progress: (step) => told.push(step) },
    });
    const secret = 'demo-password';
    const basic = Buffer.from(`auditor:${secret}`).toString('base64');
    const carrying = requests.filter((request) => {
      const { authorization = '' } = request.headers;
      return authorization.includes(basic) || JSON.stringify(request).includes(secret);
    });
    expect(new Set(carrying.map(({ path }) => path))).toEqual(
      new Set(['/v2/auth/token', '/token']),
    );
    expect(JSON.stringify([findings, summary, told])).not.toContain(secret);
  });

  it('a registry without a pull left is told as throttling, and a HEAD is all it is asked', async () => {
    const estate = await hubScenario('paging');
    const told: Progress[] = [];
    const { calls } = await scanHub(
      { ...estate, pullsLeft: 0 },
      { checks: named('recent-images-signed'), context: { progress: (step) => told.push(step) } },
    );
    expect(calls.get('GetManifest')).toBeGreaterThan(0);
    const throttled = told.filter(({ kind }) => kind === 'throttled');
    expect(throttled.length).toBeGreaterThan(0);
  });

  it('nothing is asked that does not exist, in any scenario', async () => {
    for (const name of ['all-good', 'all-bad', 'half-denied', 'empty'] as const) {
      expect((await scanHub(await hubScenario(name))).strays).toEqual([]);
    }
  });

  it('costs at most 8 calls, 2 a repository and one a token', async () => {
    const good = await hubScenario('all-good');
    const [token] = good.tokens ?? [];
    if (token === undefined) throw new Error('all-good has changed');
    const names = Array.from({ length: 40 }, (_, index) => `app-${index}`);
    const tokens = ['a', 'b', 'c'].map((label) => ({ ...token, label }));
    const web = { private: true, teams: { developers: 'read' } };
    const repositories = Object.fromEntries(names.map((name) => [name, web]));
    const ofImages = (id: string) => id.startsWith('recent-images');
    const { summary, calls } = await scanHub(
      { ...good, tokens, repositories },
      {
        checks: checks.filter(({ id }) => !ofImages(id)),
        options: { scout: false, webhooks: false },
      },
    );
    const made = [...calls.values()].reduce((sum, count) => sum + count, 0);
    expect(made).toBeLessThanOrEqual(8 + 2 * names.length + tokens.length);
    expect(summary.registries[0]?.calls).toBe(made);
  });
});
