import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Estate } from '../../src/demo/gitlab/estate.ts';
import { demoToken } from '../../src/demo/gitlab/replies.ts';
import { serveEstate } from '../../src/demo/gitlab/serve-estate.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { provider } from '../../src/providers/gitlab/index.ts';
import { scanEstate, scenario } from '../support/gitlab/scan.ts';
import { scanProvider, triedOnce } from '../support/scan-provider.ts';

const shop = 'acme/shop';

/** The good group, with its one project changed. */
async function withProject(
  change: (project: Estate['projects'][string]) => Partial<Estate['projects'][string]>,
): Promise<Estate> {
  const good = await scenario('all-good');
  const project = good.projects[shop];
  if (project === undefined) throw new Error('all-good has changed');
  return { ...good, projects: { [shop]: { ...project, ...change(project) } } };
}

function verdictOf(findings: readonly FindingWithoutFingerprint[], check: string) {
  return findings.filter((one) => one.check === check).map(({ verdict }) => verdict);
}

function saysOf(findings: readonly FindingWithoutFingerprint[], check: string): string {
  return findings
    .filter((one) => one.check === check)
    .map(({ message }) => message)
    .join('; ');
}

describe('who can push', () => {
  test('a rule without a level for pushes leaves developers and deploy tokens in', async () => {
    const estate = await withProject(({ members = [] }) => ({
      members: [...members, { username: 'dora', access_level: 30, id: 40 }],
      deployTokens: [{ name: 'pusher', scopes: ['write_registry'] }],
      rules: [{ repository_path_pattern: 'acme/shop*', minimum_access_level_for_delete: 'admin' }],
    }));
    const { findings } = await scanEstate(estate);
    expect(verdictOf(findings, 'push-limited-to-ci')).toEqual(['fail']);
    expect(saysOf(findings, 'push-limited-to-ci')).toContain('dora (person)');
  });

  test('a rule for administrators keeps no maintainer out, who may take it away', async () => {
    const estate = await withProject(({ members = [] }) => ({
      members: [...members, { username: 'mona', access_level: 40, id: 40 }],
      rules: [{ repository_path_pattern: 'acme/shop*', minimum_access_level_for_push: 'admin' }],
    }));
    const { findings } = await scanEstate(estate);
    expect(saysOf(findings, 'push-limited-to-ci')).toContain('mona (person)');
  });

  test('a custom role below Developer may have been given more, so that nobody passes', async () => {
    const estate = await withProject(({ members = [] }) => ({
      members: [
        ...members,
        { username: 'gus', access_level: 10, id: 40, member_role: { name: 'publisher' } },
      ],
    }));
    const { findings } = await scanEstate(estate);
    expect(verdictOf(findings, 'push-limited-to-ci')).toEqual(['unknown']);
    expect(saysOf(findings, 'push-limited-to-ci')).toContain('custom role publisher');
  });

  test('a group that is invited from outside can push, whoever is in it', async () => {
    const estate = await withProject(({ fields }) => ({
      fields: {
        ...fields,
        shared_with_groups: [{ group_full_path: 'crew', group_access_level: 40 }],
      },
    }));
    const { findings } = await scanEstate(estate);
    expect(saysOf(findings, 'push-limited-to-ci')).toContain('crew (foreign group)');
    expect(verdictOf(findings, 'cross-account-limited')).toEqual(['fail']);
  });

  test('a person whose name looks like that of a bot is not taken for one', async () => {
    const estate = await withProject(({ members = [] }) => ({
      members: [...members, { username: 'project_7_bot_x', access_level: 40, id: 77 }],
    }));
    const { findings } = await scanEstate(estate);
    expect(verdictOf(findings, 'push-limited-to-ci')).toEqual(['unknown']);
    expect(saysOf(findings, 'push-limited-to-ci')).toContain('looks like the bot of a token');
  });
});

test('a repository whose project is not listed leaves the tokens unknown', async () => {
  const good = await scenario('all-good');
  const faults = [
    { kind: 'new-word', operation: 'listGroupRepositories', field: '[].project_id', value: 99 },
  ] as const;
  const { findings } = await scanEstate({ ...good, faults }, triedOnce);
  expect(verdictOf(findings, 'tokens-expire')).toEqual(['unknown']);
  expect(saysOf(findings, 'tokens-expire')).toContain('project 99 is not in the list');
});

test('two-factor authentication of a group above counts, and its hours of grace do not', async () => {
  const good = await scenario('all-good');
  const { acme } = good.groups;
  if (acme === undefined) throw new Error('all-good has changed');
  const below = { ...good, target: 'acme/team', groups: { acme, 'acme/team': {} } };
  const strict = await scanEstate(below);
  expect(verdictOf(strict.findings, 'central-identity-on')).toEqual(['pass']);
  const fields = { ...acme.fields, two_factor_grace_period: 8 };
  const lax = await scanEstate({ ...good, groups: { acme: { ...acme, fields } } });
  expect(verdictOf(lax.findings, 'central-identity-on')).toEqual(['fail']);
});

test('what the plan lacks is unknown, and not off', async () => {
  const { findings } = await scanEstate({ ...(await scenario('all-good')), plan: 'free' });
  for (const check of ['push-scan-on', 'audit-log-on', 'public-endpoint-closed']) {
    expect(verdictOf(findings, check), check).toEqual(['unknown']);
  }
});

describe('the second factor that a group requires', () => {
  const signInWith = async (
    members: readonly Readonly<Record<string, unknown>>[],
    ofGroup: readonly Readonly<Record<string, unknown>>[] = [],
  ) => {
    const good = await scenario('all-good');
    const { acme } = good.groups;
    const shop = good.projects['acme/shop'];
    if (acme === undefined || shop === undefined) throw new Error('all-good has changed');
    const { findings } = await scanEstate({
      ...good,
      groups: { acme: { ...acme, members: [...(acme.members ?? []), ...ofGroup] } },
      projects: { 'acme/shop': { ...shop, members: [...(shop.members ?? []), ...members] } },
    });
    return findings.find(({ check }) => check === 'central-identity-on');
  };
  const dora = { username: 'dora', access_level: 30, id: 12 };

  test('binds its members', async () => {
    expect(await signInWith([dora], [dora])).toMatchObject({ verdict: 'pass' });
  });

  test('does not bind who is a member of a project alone, has Minimal access to the group, or comes through an invited one', async () => {
    for (const ofGroup of [[], [{ ...dora, access_level: 5 }], [{ ...dora, invited: true }]]) {
      const found = await signInWith([dora], ofGroup);
      expect(found).toMatchObject({ verdict: 'unknown' });
      expect(found?.message).toContain(
        'dora is a member of a project or of an invited group alone',
      );
    }
  });

  test('need not bind the bots of tokens', async () => {
    const bot = { username: 'project_1_bot_ab', access_level: 40, id: 77 };
    expect(await signInWith([bot])).toMatchObject({ verdict: 'pass' });
  });
});

describe('bad input', () => {
  const ended = async (token: string, scopes?: readonly string[]) => {
    const good = await scenario('all-good');
    const estate: Estate = scopes === undefined ? good : { ...good, scopes };
    const { options, address, ...served } = await serveEstate(estate);
    return scanProvider(
      provider,
      { ...served, asOf: good.asOf },
      { address, options, context: { environment: { GITLAB_TOKEN: token } } },
    );
  };

  test('a wrong token is tried once, and the sentence names host, variable and command', async () => {
    const { readings, calls, findings } = await ended('glpat-wrong');
    expect(calls.get('getToken')).toBeLessThanOrEqual(2);
    const says = JSON.stringify(readings[0]);
    expect(says).toContain('gitlab.com refuses the access token (HTTP 401)');
    expect(says).toContain('GITLAB_TOKEN');
    expect(says).toContain('glab auth login');
    expect(findings.filter(({ verdict }) => verdict === 'pass')).toHaveLength(
      findings.filter(({ check, verdict }) => check === 'anonymous-push-off' && verdict === 'pass')
        .length,
    );
  });

  test('no token at all, or one without the scope, is said in one line', async () => {
    const none = await ended('');
    expect(JSON.stringify(none.readings[0])).toContain('set GITLAB_TOKEN to an access token');
    const narrow = await ended(demoToken, ['read_user']);
    expect(JSON.stringify(narrow.readings[0])).toContain('lacks the scope read_api');
  });

  test('the token of a job is said to be one, and is not sent', async () => {
    const good = await scenario('all-good');
    const scanWith = async (environment: Record<string, string>, tokenEnv: string) => {
      const { calls, readings } = await scanEstate(good, {
        options: { tokenEnv },
        context: { environment },
      });
      expect([...calls.keys()]).toEqual([]);
      return JSON.stringify(readings[0]);
    };
    const named = await scanWith({ CI_JOB_TOKEN: 'old-form' }, 'CI_JOB_TOKEN');
    expect(named).toContain('CI_JOB_TOKEN has the token of a job, which reads no settings');
    expect(await scanWith({ TOKEN: 'glcbt-64_abc' }, 'TOKEN')).toContain(
      'TOKEN has the token of a job',
    );
    expect(await scanWith({ CI_JOB_TOKEN: 'glcbt-64_abc' }, 'GITLAB_TOKEN')).toContain(
      'set GITLAB_TOKEN to an access token with the scopes read_api and read_registry (CI_JOB_TOKEN cannot read settings)',
    );
  });

  test('a path of no group and no project is unknown', async () => {
    const { readings } = await scanEstate({ ...(await scenario('all-good')), target: 'no/such' });
    expect(JSON.stringify(readings[0])).toContain('denied-or-absent');
  });
});

test('no secret of an answer, and no token, is in what is read', async () => {
  const { readings, findings } = await scanEstate(await scenario('all-good'));
  const everything = JSON.stringify([readings, findings]);
  expect(everything).toContain('hooks.example.org');
  for (const secret of [demoToken, 'demo-runners-token', 'demo-hook-secret']) {
    expect(everything).not.toContain(secret);
  }
});

test('a registry that names itself as the token service gets no credential', async () => {
  const received: (string | undefined)[] = [];
  let realm = '';
  const server = createServer(({ headers }, response) => {
    received.push(headers.authorization);
    response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}/token"` }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Another host than that of the API, which is 127.0.0.1.
  realm = `http://localhost:${(server.address() as AddressInfo).port}`;
  try {
    await scanEstate(await scenario('all-good'), {
      ...triedOnce,
      options: { registryUrl: realm },
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  expect(received.length).toBeGreaterThan(0);
  expect(received.filter((one) => one !== undefined)).toEqual([]);
});
