import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { GhcrEstate } from '../../src/demo/ghcr/estate.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import { scanGhcr, scenario } from '../support/ghcr/scan.ts';

async function found(
  estate: GhcrEstate,
  id: string,
): Promise<readonly FindingWithoutFingerprint[]> {
  const { findings } = await scanGhcr(estate, { checks: checks.filter((one) => one.id === id) });
  expect(findings.length).toBeGreaterThan(0);
  return findings;
}

async function only(estate: GhcrEstate, id: string): Promise<FindingWithoutFingerprint> {
  const [first] = await found(estate, id);
  if (first === undefined) throw new Error(`${id} finds nothing`);
  return first;
}

async function failing(estate: GhcrEstate, id: string): Promise<readonly (string | null)[]> {
  const all = await found(estate, id);
  return all.flatMap(({ verdict, repository }) => (verdict === 'fail' ? [repository] : []));
}

describe('public packages', () => {
  it('count whether linked to a repository, to a private one, to that of another owner, or to none', async () => {
    const good = await scenario('all-good');
    const other = { id: 77, private: true, workflows: 'read', collaborators: [] };
    const packages = {
      none: { visibility: 'public' },
      private: { visibility: 'public', repository: 'Acme/app' },
      elsewhere: { visibility: 'public', repository: 'Other/lib' },
    };
    const repositories = { ...good.repositories, 'Other/lib': other };
    expect(await failing({ ...good, packages, repositories }, 'anonymous-pull-off')).toEqual([
      'none',
      'private',
      'elsewhere',
    ]);
  });

  it('are found on the last of many pages', async () => {
    const good = await scenario('all-good');
    const names = Array.from({ length: 5 }, (_, index) => `app-${index}`);
    const packages = {
      ...Object.fromEntries(names.map((name) => [name, { visibility: 'private' }])),
      last: { visibility: 'public' },
    };
    expect(await failing({ ...good, pageSize: 2, packages }, 'anonymous-pull-off')).toEqual([
      'last',
    ]);
  });

  it('of docker.pkg.github.com count, though a list of containers leaves them out', async () => {
    const good = await scenario('all-good');
    const finding = await only({ ...good, legacy: { old: 'public' } }, 'legacy-storage-private');
    expect(finding).toMatchObject({ verdict: 'fail' });
    expect(finding.message).toContain('old');
  });
});

describe('who can push', () => {
  it('are workflows whose token only reads by default, for they may ask for more', async () => {
    const good = await scenario('all-good');
    const repositories = {
      'Acme/app': { id: 42, private: true, workflows: 'read', collaborators: [] },
    };
    const { readings } = await scanGhcr(
      { ...good, repositories },
      { checks: checks.filter(({ id }) => id === 'push-limited-to-ci') },
    );
    const names = readings.flatMap((line) =>
      line.kind === 'repository' && line.facts['pushers']?.state === 'partial'
        ? (line.facts['pushers'].value as readonly { name: string; via: string }[])
        : [],
    );
    expect(names).toContainEqual(
      expect.objectContaining({
        name: 'workflows of Acme/app',
        via: expect.stringContaining('write where a workflow asks for it'),
      }),
    );
  });

  it('are no workflows where Actions are switched off', async () => {
    const good = await scenario('all-good');
    const scan = await scanGhcr(
      { ...good, actions: { enabled: 'none' } },
      { checks: checks.filter(({ id }) => id === 'push-limited-to-ci') },
    );
    expect(JSON.stringify(scan.readings)).not.toContain('workflows of');
  });
});

describe('a webhook', () => {
  it('of all events has those of packages', async () => {
    const good = await scenario('all-good');
    const hooks = [{ url: 'http://hooks.example.org/', insecure: '0', events: ['*'] }];
    const finding = await only({ ...good, hooks }, 'webhooks-use-tls');
    expect(finding).toMatchObject({ verdict: 'fail' });
    expect(finding.message).toContain('hooks.example.org');
  });
});

describe('the audit log', () => {
  it('of a plan that does not let it be read is on, and is not asked for', async () => {
    const good = await scenario('all-good');
    const scan = await scanGhcr(
      { ...good, plan: 'team' },
      { checks: checks.filter(({ id }) => id === 'audit-log-on') },
    );
    expect(scan.calls.has('listAuditLog')).toBe(false);
    expect(scan.findings.map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  it('that GitHub hides behind a 404 is unknown, and not off', async () => {
    const good = await scenario('all-good');
    const faults = [{ kind: 'not-implemented', operation: 'listAuditLog' }] as const;
    expect(await only({ ...good, plan: 'enterprise', faults }, 'audit-log-on')).toMatchObject({
      verdict: 'unknown',
    });
  });
});

describe('the referrers API', () => {
  it('is not asked, for its path leads to another host', async () => {
    const { strays, calls } = await scanGhcr(await scenario('traps'));
    expect(calls.get('getManifest')).toBeGreaterThan(0);
    expect(strays).toEqual([]);
  });
});

describe('packages of a user', () => {
  const changed = async (change: Partial<GhcrEstate>): Promise<GhcrEstate> => ({
    ...(await scenario('user')),
    ...change,
  });

  it('are no whole list for anybody but the user', async () => {
    const estate = await scenario('user');
    const { packages } = estate.tokens;
    const tokens = { packages: { ...packages, login: 'kim', role: 'stranger' } } as const;
    const { readings } = await scanGhcr(await changed({ tokens }));
    expect(readings.at(-1)).toMatchObject({ listing: { state: 'unknown', why: 'denied' } });
  });

  it('need no organization: none of its calls is made', async () => {
    const { calls, strays } = await scanGhcr(await scenario('user'));
    const asked = ['getOrganization', 'listOwners', 'listInstallations', 'listOrganizationHooks'];
    expect(asked.filter((name) => calls.has(name))).toEqual([]);
    expect(strays).toEqual([]);
  });

  it('fail where the account itself has no second factor, and never pass by it', async () => {
    const without = await changed({ userSecondFactor: false });
    expect(await only(without, 'central-identity-on')).toMatchObject({ verdict: 'fail' });
    const one = await only(await scenario('user'), 'central-identity-on');
    expect(one).toMatchObject({ verdict: 'unknown' });
    expect(JSON.stringify(one.byHand)).toContain('ask the collaborators');
  });

  it('can be pushed to by collaborators, who are strangers all', async () => {
    const finding = await only(await scenario('user'), 'push-limited-to-ci');
    expect(finding.message).toContain('kim (foreign person)');
  });
});

it('what only the web pages change is told as a page to look at', async () => {
  const { fixes } = await import('../../src/providers/ghcr/fixes.ts');
  for (const id of ['anonymous-pull-off', 'anonymous-catalog-off', 'delete-limited'] as const) {
    expect(fixes[id].console, id).toContain('there is no API for it');
  }
});
