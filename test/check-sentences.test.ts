import { expect, it } from 'vitest';
import { adminUserOff } from '../checks/access/admin-user-off.ts';
import { centralIdentityOn } from '../checks/access/central-identity-on.ts';
import { deleteLimited } from '../checks/access/delete-limited.ts';
import { pushLimitedToCi } from '../checks/access/push-limited-to-ci.ts';
import { tokensExpire } from '../checks/access/tokens-expire.ts';
import { auditLogExported } from '../checks/logging/audit-log-exported.ts';
import { networkBypassOff } from '../checks/network/network-bypass-off.ts';
import { tlsOnly } from '../checks/network/tls-only.ts';
import { upstreamScopeNarrow } from '../checks/upstreams/upstream-scope-narrow.ts';
import { upstreamsApproved } from '../checks/upstreams/upstreams-approved.ts';
import { type Expectations, nothingDeclared } from '../src/model/expectations.ts';
import type { Credential, Identity } from '../src/model/identity.ts';

const nothing: Expectations = { ...nothingDeclared, now: '2026-01-15T00:00:00Z', repository: '' };

const identity = (name: string, kind: Identity['kind'], administrator = false): Identity => ({
  kind,
  name,
  via: 'policy',
  foreign: false,
  administrator,
});

it('tells administrators from others who can push, and what a declaration would add', () => {
  const pushers = [
    identity('alice', 'person'),
    identity('role/ops', 'workload', true),
    identity('role/ci', 'workload'),
  ];
  expect(pushLimitedToCi.judge({ pushers }, nothing).says).toBe(
    'alice (person) can push; role/ops (workload) can push as administrator; declare pipelines in expect.ciIdentities',
  );
  const declared = { ...nothing, ciIdentities: ['role/*'] };
  expect(pushLimitedToCi.judge({ pushers }, declared).says).toBe('alice (person) can push');
});

it('says so when there is nobody and nothing', () => {
  const says = [
    pushLimitedToCi.judge({ pushers: [] }, nothing),
    deleteLimited.judge({ deleters: [] }, nothing),
    tokensExpire.judge({ credentials: [] }, nothing),
    auditLogExported.judge({ auditExport: [] }, nothing),
    upstreamsApproved.judge({ upstreams: [] }, nothing),
    networkBypassOff.judge({ networkBypass: { mode: 'allowed', who: [] } }, nothing),
    centralIdentityOn.judge({ signIn: { mode: 'local', withoutMfa: [] } }, nothing),
  ].map((verdict) => verdict.says);
  expect(says).toEqual([
    'nobody can push',
    'nobody can delete',
    'there are no long-lived credentials',
    'the audit log is not exported',
    'there are no cached upstreams',
    'a bypass of the network rules is enabled',
    'a password alone is enough to sign in',
  ]);
});

it('names at most five offenders', () => {
  const credentials = Array.from(
    { length: 7 },
    (_, index): Credential => ({
      kind: 'robot',
      name: `r${index}`,
      createdAt: null,
      expiresAt: null,
      reach: 'some-repositories',
      can: 'pull',
    }),
  );
  expect(tokensExpire.judge({ credentials }, nothing).says).toBe(
    'robot r0 never expires, robot r1 never expires, robot r2 never expires, robot r3 never expires, robot r4 never expires and 2 more; expect.longestTokenDays allows 365',
  );
});

it('names the host of an upstream and none of the secrets around it', () => {
  const upstream = {
    prefix: '*',
    url: 'https://user:hunter2@mirror.example.com/hunter2?token=hunter2',
    transport: 'plain-http' as const,
    credential: 'stored' as const,
    takes: { mode: 'everything' as const },
  };
  const upstreams = [upstream, { ...upstream, url: 'hunter2 hunter2' }];
  const says = [upstreamsApproved, upstreamScopeNarrow].map(
    (check) => check.judge({ upstreams }, nothing).says,
  );
  for (const sentence of says) {
    expect(sentence).toContain('mirror.example.com');
    expect(sentence).toContain('an upstream without a readable host');
    expect(sentence).not.toContain('hunter2');
  }
});

it('tells an ended certificate from one that is about to end', () => {
  const ends = (certificateEnds: string) =>
    tlsOnly.judge(
      { transport: { mode: 'https-only', minimumVersion: '1.3', certificateEnds } },
      nothing,
    ).says;
  expect(ends('2026-01-14')).toBe('the certificate expired on 2026-01-14');
  expect(ends('2026-01-16')).toBe('the certificate expires on 2026-01-16, in 1 days');
});

it('says what kind of shared login is active', () => {
  const sharedLogin = { mode: 'active', account: 'admin', kind: 'vendor-default' } as const;
  expect(adminUserOff.judge({ sharedLogin }, nothing).says).toBe(
    "admin is active (the vendor's default administrator)",
  );
});

it('does not judge by a date it cannot read', () => {
  const transport = { mode: 'https-only', minimumVersion: '1.3', certificateEnds: 'soon' } as const;
  expect(() => tlsOnly.judge({ transport }, nothing)).toThrow('soon');
});
