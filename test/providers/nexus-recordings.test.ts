import { beforeAll, describe, expect, it } from 'vitest';
import { recording, scanRecorded } from '../support/nexus/replay.ts';
import type { Scan } from '../support/scan-provider.ts';

/** What a Nexus Repository 3.71.0 answered to six callers, judged. */

const decided: readonly string[] = ['pass', 'fail'];
const verdictsOf = ({ findings }: Scan) =>
  new Map(findings.map(({ check, subject, verdict }) => [`${subject} ${check}`, verdict]));

function found({ findings }: Scan, check: string) {
  const one = findings.find((finding) => finding.check === check);
  return { verdict: one?.verdict, message: one?.message ?? '' };
}

/** The list of privileges as it is where nothing of it is cut off. */
function wholePrivileges(): readonly unknown[] {
  const [, index] = recording('configured').callers['admin']?.['/v1/security/privileges'] ?? [];
  const list = recording('configured').bodies[index ?? -1] as readonly unknown[];
  const view = { type: 'repository-view', description: '', readOnly: true, format: 'raw' };
  const hosted = { ...view, repository: 'raw-hosted' };
  const name = 'nx-repository-view-raw-raw-hosted';
  return [
    ...list.filter((entry) => typeof entry === 'object'),
    { ...hosted, name: `${name}-*`, actions: ['ALL'] },
    { ...hosted, name: `${name}-browse`, actions: ['BROWSE'] },
    {
      ...hosted,
      type: 'repository-admin',
      name: 'nx-repository-admin-raw-raw-hosted-read',
      actions: ['READ'],
    },
  ];
}

const dockerHosted = {
  name: 'shop',
  format: 'docker',
  type: 'hosted',
  url: 'http://127.0.0.1:8381/repository/shop',
  online: true,
  storage: {
    blobStoreName: 'default',
    strictContentTypeValidation: true,
    writePolicy: 'allow_once',
    latestPolicy: false,
  },
  cleanup: null,
  component: { proprietaryComponents: false },
  docker: { v1Enabled: false, forceBasicAuth: true, httpPort: null, httpsPort: null },
};

describe('by caller', () => {
  let administrator: ReadonlyMap<string, string>;
  beforeAll(async () => {
    administrator = verdictsOf(await scanRecorded('configured', 'admin'));
  });

  it.each(['auditor', 'partial', 'nobody'])(
    '%s is told what the administrator is, or that it is unknown',
    async (caller) => {
      const scan = await scanRecorded('configured', caller);
      expect(scan.crashes).toEqual([]);
      const other = [...verdictsOf(scan)].filter(
        ([key, verdict]) => decided.includes(verdict) && verdict !== administrator.get(key),
      );
      expect(other).toEqual([]);
    },
  );

  it('the auditor is told everything that the administrator is', async () => {
    const scan = await scanRecorded('configured', 'auditor');
    expect(verdictsOf(scan)).toEqual(administrator);
  });

  it.each([
    ['configured', 'wrongpassword'],
    ['fresh', 'auditor'],
    ['fresh', 'nobody'],
  ] as const)(
    '%s %s is refused on every route, and the refusal names the user',
    async (of, who) => {
      const scan = await scanRecorded(of, who);
      expect(scan.findings.filter(({ verdict }) => decided.includes(verdict))).toEqual([]);
      expect(scan.findings[0]?.message).toContain(`refuses the user ${who}`);
      expect([...scan.calls.keys()]).toEqual(['/v1/status']);
    },
  );
});

describe('the list of repositories', () => {
  it.each(['partial', 'nobody'])('of %s is 200 and proves nothing', async (caller) => {
    const { findings } = await scanRecorded('configured', caller);
    const ofRepositories = findings.filter(({ check }) => check === 'tags-immutable');
    expect(ofRepositories.map(({ verdict }) => verdict)).toEqual(['unknown']);
  });

  it('is whole for whom resolved privileges let see all of it', async () => {
    const { readings } = await scanRecorded('configured', 'auditor');
    expect(readings.at(-1)).toMatchObject({
      listing: { state: 'known', value: { repositories: 0, others: 6 } },
    });
  });

  it('is not for a user who may see one, with all lists of the directory at hand', async () => {
    const [, users] = recording('configured').callers['admin']?.['/v1/security/users'] ?? [];
    const { readings } = await scanRecorded('configured', 'auditor', {
      instead: {
        '/v1/security/users': (
          recording('configured').bodies[users ?? -1] as readonly object[]
        ).map((user) => ({ ...user, roles: ['partialrole'] })),
        '/v1/security/privileges': wholePrivileges(),
      },
    });
    expect(readings.at(-1)).toMatchObject({ listing: { state: 'unknown', why: 'denied' } });
  });
});

describe('what is found', () => {
  let configured: Scan;
  let fresh: Scan;
  beforeAll(async () => {
    configured = await scanRecorded('configured', 'auditor', {
      instead: { '/v1/security/privileges': wholePrivileges() },
    });
    fresh = await scanRecorded('fresh', 'admin');
  });

  it('the generated first password passes the status check, and the status of the user tells', () => {
    expect(found(fresh, 'admin-user-off')).toMatchObject({ verdict: 'fail' });
    expect(found(configured, 'admin-user-off').message).toContain('admin is active');
  });

  it('anonymous users browse every repository straight after the first start, and push nowhere', () => {
    expect(found(fresh, 'anonymous-catalog-off').message).toContain(
      'nx-repository-view-*-*-browse',
    );
    expect(found(fresh, 'anonymous-push-off').verdict).toBe('pass');
  });

  it('one administrates, and whose privileges are cut off the list is not known', async () => {
    expect(found(configured, 'admins-few')).toMatchObject({ verdict: 'pass' });
    const cut = await scanRecorded('configured', 'auditor');
    expect(found(cut, 'admins-few')).toMatchObject({ verdict: 'unknown' });
  });

  it('a route that the release is known to lack leaves its facts to be looked at', () => {
    for (const check of ['audit-log-on', 'audit-log-exported']) {
      const finding = configured.findings.find((one) => one.check === check);
      expect(finding?.byHand.length).toBeGreaterThan(0);
    }
    expect(found(configured, 'public-endpoint-closed').message).toContain('no IP allow list');
  });

  it('the release gets no more fixes', () => {
    expect(found(configured, 'version-supported')).toMatchObject({ verdict: 'fail' });
  });

  it('a deployment policy counts in the case it came back in', async () => {
    const scan = await scanRecorded('configured', 'auditor', {
      instead: { '/v1/repositorySettings': [dockerHosted] },
    });
    expect(found(scan, 'tags-immutable')).toMatchObject({ verdict: 'pass' });
    expect(scan.readings.at(-1)).toMatchObject({
      listing: { value: { repositories: 1, others: 0 } },
    });
  });
});
