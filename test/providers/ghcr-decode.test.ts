import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/demo/ghcr/content.ts';
import { attestation, attestationPage } from '../../src/providers/ghcr/decode/attestations.ts';
import { authorizedCredential } from '../../src/providers/ghcr/decode/credentials.ts';
import {
  callerOf,
  isBelowEnterprise,
  organizationOf,
  ownerOf,
  singleSignOn,
} from '../../src/providers/ghcr/decode/owner.ts';
import { packageOf, versionOf } from '../../src/providers/ghcr/decode/package.ts';
import { collaborator, installation } from '../../src/providers/ghcr/decode/people.ts';
import {
  actionsPolicy,
  auditEvents,
  auditStream,
  webhook,
  workflowDefault,
} from '../../src/providers/ghcr/decode/settings.ts';

/** Bodies that are no answer to anything. */
const nothings = [null, {}, [], '', 7, { message: 'Not Found' }, { error: 'gone' }];

describe.each([
  ['an owner', (raw: unknown) => ownerOf(raw, 'acme')],
  ['a caller', callerOf],
  ['an organization', (raw: unknown) => organizationOf(raw, 'acme')],
  ['single sign-on', (raw: unknown) => singleSignOn(raw, 'acme')],
  ['a package', (raw: unknown) => packageOf(raw, { owner: 'acme', type: 'container' })],
  ['a version', versionOf],
  ['a collaborator', collaborator],
  ['an installation', installation],
  ['a policy of Actions', actionsPolicy],
  ['a default of workflows', workflowDefault],
  ['a webhook', webhook],
  ['a stream', auditStream],
  ['a credential', authorizedCredential],
  ['a page of attestations', attestationPage],
  ['an attestation', (raw: unknown) => attestation(raw, digestOf('x'), String)],
])('%s', (_, decode) => {
  it.each(nothings.map((nothing) => [nothing]))('is not read from %j', (nothing) => {
    expect(() => decode(nothing)).toThrow();
  });
});

describe('an organization', () => {
  const seen = (fields: object) => organizationOf({ login: 'Acme', ...fields }, 'acme');

  it.each([[{}], [{ two_factor_requirement_enabled: null }]])(
    'that shows %j has not said whether a second factor is required',
    (fields) => {
      expect(() => seen(fields).requiresSecondFactor()).toThrow(/left out/);
    },
  );

  it('says it as true or false, and no other word is one of these', () => {
    expect(seen({ two_factor_requirement_enabled: true }).requiresSecondFactor()).toBe(true);
    expect(seen({ two_factor_requirement_enabled: false }).requiresSecondFactor()).toBe(false);
    const odd = seen({ two_factor_requirement_enabled: 'mostly' });
    expect(() => odd.requiresSecondFactor()).toThrow(/expected true or false/);
  });

  it('has a base permission of four words', () => {
    expect(seen({ default_repository_permission: 'write' }).basePermission()).toBe('write');
    expect(() => seen({ default_repository_permission: 'triage' }).basePermission()).toThrow();
    expect(() => seen({ default_repository_permission: null }).basePermission()).toThrow();
  });

  it('is below GitHub Enterprise on the plans that are known to be', () => {
    expect(['free', 'team', 'enterprise', 'business_plus', 'new'].map(isBelowEnterprise)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('of another name is another organization', () => {
    expect(() => organizationOf({ login: 'other' }, 'acme')).toThrow(/is about other/);
    const data = { organization: { login: 'other', samlIdentityProvider: null } };
    expect(() => singleSignOn({ data }, 'acme')).toThrow(/is about other/);
  });

  it('whose single sign-on GraphQL refuses to tell has not said that there is none', () => {
    const data = { organization: { login: 'acme', samlIdentityProvider: null } };
    expect(singleSignOn({ data }, 'acme')).toBeNull();
    const errors = [{ type: 'FORBIDDEN', message: 'Must have admin rights' }];
    expect(() => singleSignOn({ data, errors }, 'acme')).toThrow(/Must have admin rights/);
    expect(() => singleSignOn({ data: { organization: { login: 'acme' } } }, 'acme')).toThrow();
  });
});

describe('a package', () => {
  const entry = { name: 'app', package_type: 'container', visibility: 'private', version_count: 1 };
  const read = (more: object) =>
    packageOf({ ...entry, ...more }, { owner: 'acme', type: 'container' });

  it.each(['public', 'private', 'internal'])('can be %s', (visibility) => {
    expect(read({ visibility }).visibility()).toBe(visibility);
  });

  it.each(['unlisted', '', null, 1])('of visibility %j has none that is known', (visibility) => {
    expect(() => read({ visibility }).visibility()).toThrow();
  });

  it('is linked to a repository, or to none where the field is left out', () => {
    const repository = { id: 42, full_name: 'acme/app', private: true };
    expect(read({ repository }).repository).toEqual({
      id: 42,
      fullName: 'acme/app',
      isPrivate: true,
    });
    expect(read({}).repository).toBeNull();
    expect(() => read({ repository: { ...repository, full_name: 'app' } })).toThrow();
    expect(() => read({ repository: {} })).toThrow();
  });

  it('of another owner or type is not one of these', () => {
    expect(() => read({ owner: { login: 'other' } })).toThrow(/another owner/);
    expect(() => read({ package_type: 'npm' })).toThrow();
  });

  it('has versions that are digests with tags', () => {
    const version = {
      name: digestOf('x'),
      created_at: '2026-01-01T00:00:00Z',
      metadata: { package_type: 'container', container: { tags: ['latest'] } },
    };
    expect(versionOf(version).tags).toEqual(['latest']);
    expect(() => versionOf({ ...version, name: '1.1.3' })).toThrow(/no digest/);
    expect(() => versionOf({ ...version, metadata: { package_type: 'npm' } })).toThrow();
  });
});

describe('a webhook', () => {
  const hook = (url: string, insecure: unknown, more: object = {}) =>
    webhook({
      active: true,
      events: ['package'],
      config: { url, insecure_ssl: insecure },
      ...more,
    });

  it.each([
    ['https://a.example', '0', 'verified-tls'],
    ['https://a.example', 0, 'verified-tls'],
    ['https://a.example', '1', 'unverified-tls'],
    ['https://a.example', 1, 'unverified-tls'],
    ['http://a.example', '0', 'plain-http'],
  ])('to %s with insecure_ssl %j goes over %s', (url, insecure, transport) => {
    expect(hook(url, insecure)).toEqual([{ host: 'a.example', transport }]);
  });

  it('counts when it gets all events, and not when it is off or gets others', () => {
    expect(hook('http://a.example', '0', { events: ['*'] })).toHaveLength(1);
    expect(hook('http://a.example', '0', { events: ['push'] })).toEqual([]);
    expect(hook('http://a.example', '0', { active: false })).toEqual([]);
  });

  it('is not guessed where GitHub does not say how it goes', () => {
    expect(() => hook('https://a.example', undefined)).toThrow(/insecure_ssl/);
    expect(() => hook('https://a.example', 'perhaps')).toThrow(/insecure_ssl/);
    expect(() => hook('ftp://a.example', '0')).toThrow();
  });

  it('shows its host alone, for the rest of the address may be a secret', () => {
    const [found] = hook('https://user:pass@a.example/token?key=1', '0');
    expect(found?.host).toBe('a.example');
  });
});

describe('a credential', () => {
  const entry = {
    login: 'bob',
    credential_id: 7,
    credential_type: 'personal access token',
    scopes: ['repo', 'write:packages'],
    authorized_credential_expires_at: null,
    credential_accessed_at: null,
  };

  it.each([
    [['read:packages'], 'pull'],
    [['write:packages', 'read:packages'], 'push'],
    [['read:packages', 'delete:packages'], 'administer'],
  ])('with the scopes %j can %s', (scopes, can) => {
    expect(authorizedCredential({ ...entry, scopes })).toMatchObject([{ credential: { can } }]);
  });

  it.each([
    [{ scopes: ['repo', 'admin:org'] }],
    [{ credential_type: 'SSH key', scopes: undefined }],
    [{ credential_type: 'GitHub app token', scopes: undefined }],
  ])('with %j opens no package', (more) => {
    expect(authorizedCredential({ ...entry, ...more })).toEqual([]);
  });

  it('without an end never ends, and one whose end is not told is not read', () => {
    expect(authorizedCredential(entry)).toMatchObject([{ credential: { expiresAt: null } }]);
    const { authorized_credential_expires_at: _, ...untold } = entry;
    expect(() => authorizedCredential(untold)).toThrow();
  });

  it('of a new kind or scope is not guessed', () => {
    expect(() => authorizedCredential({ ...entry, credential_type: 'passkey' })).toThrow();
    expect(() => authorizedCredential({ ...entry, scopes: ['admin:packages'] })).toThrow();
  });
});

describe('people and apps', () => {
  const permissions = { pull: true, triage: true, push: true, maintain: false, admin: false };
  const person = { login: 'Carol', type: 'User', role_name: 'write', permissions };

  it('a collaborator may what the permissions say, whatever the role is called', () => {
    const { login, may } = collaborator({ ...person, role_name: 'deployers' });
    expect([login, may('push'), may('admin')]).toEqual(['carol', true, false]);
    const { push: _, ...less } = permissions;
    expect(() => collaborator({ ...person, permissions: less })).toThrow(/push/);
  });

  const app = { app_slug: 'shipper', suspended_at: null, permissions: {} };

  it.each([
    [{}, null, false],
    [{ packages: 'read', members: 'read', contents: 'write' }, null, false],
    [{ packages: 'write' }, 'packages', false],
    [{ organization_packages: 'write' }, 'organization_packages', false],
    [{ administration: 'write' }, 'administration', false],
    [{ workflows: 'write' }, 'workflows', false],
    [{ organization_administration: 'write' }, null, true],
    [{ members: 'write' }, null, true],
  ])('an app with %j pushes by %j, administers: %j', (given, pushesBy, administers) => {
    const read = installation({ ...app, permissions: given });
    expect([read.pushesBy, read.administers]).toEqual([pushesBy, administers]);
  });

  it('an app with a new word is not guessed', () => {
    expect(() => installation({ ...app, permissions: { packages: 'manage' } })).toThrow();
  });
});

describe('workflows', () => {
  it('run where a policy lets them, with the actions that it allows', () => {
    expect(actionsPolicy({ enabled_repositories: 'none' }).runs).toBe(false);
    expect(
      actionsPolicy({
        enabled_repositories: 'all',
        allowed_actions: 'all',
        sha_pinning_required: true,
      }).actions,
    ).toBe('any action, pinned by SHA');
    expect(() => actionsPolicy({ enabled_repositories: 'all' })).toThrow(/allowed_actions/);
    expect(() => actionsPolicy({ enabled_repositories: 'most' })).toThrow();
  });
});

describe('the audit log', () => {
  const stream = {
    stream_type: 'Splunk',
    stream_details: 'siem.example.org',
    enabled: true,
    paused_at: null,
  };

  it.each([
    [{}, 'yes'],
    [{ enabled: false }, 'no'],
    [{ paused_at: '2026-10-28T08:00:00Z' }, 'no'],
  ])('in a stream with %j arrives: %s', (more, mode) => {
    expect(auditStream({ ...stream, ...more }).delivers.mode).toBe(mode);
  });

  it('may be empty, and is no log where it is no list of events', () => {
    expect(auditEvents([])).toEqual([]);
    for (const nothing of [null, {}, 'off', [{}], [7]]) {
      expect(() => auditEvents(nothing)).toThrow();
    }
  });
});
