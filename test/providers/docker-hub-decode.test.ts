import { describe, expect, it, test } from 'vitest';
import type { JsonObject } from '../../src/decode/fields.ts';
import { auditLog } from '../../src/providers/docker-hub/decode/activity.ts';
import {
  invitedOwners,
  member,
  membershipOf,
} from '../../src/providers/docker-hub/decode/members.ts';
import { pageOf } from '../../src/providers/docker-hub/decode/page.ts';
import {
  collaborators,
  listedRepository,
  repositoryDetail,
  tagLock,
  teamGrants,
} from '../../src/providers/docker-hub/decode/repository.ts';
import { enabledRepositories, summaries } from '../../src/providers/docker-hub/decode/scout.ts';
import { listedTag } from '../../src/providers/docker-hub/decode/tags.ts';
import {
  organizationScopes,
  personalScopes,
} from '../../src/providers/docker-hub/decode/token-scopes.ts';
import {
  administersOrganization,
  listedToken,
  organizationCredential,
  personalCredential,
  rightsOn,
  tokenGrants,
} from '../../src/providers/docker-hub/decode/tokens.ts';
import { webhook } from '../../src/providers/docker-hub/decode/webhooks.ts';
import { mayHoldCustomRoles } from '../../src/providers/docker-hub/facts/custom-roles.ts';
import { lockOf } from '../../src/providers/docker-hub/rules/tag-rules.ts';
import { known, unknown } from '../../src/providers/facts.ts';
import { readDescription } from '../specs/read.ts';

describe('rules of immutable tags', () => {
  it.each([
    [['.*'], { mode: 'all' }],
    [['^.*$'], { mode: 'all' }],
    [['v1', '.*'], { mode: 'all' }],
    [['latest'], { mode: 'only', patterns: ['latest'] }],
    [['^latest$'], { mode: 'only', patterns: ['latest'] }],
    [['v.*'], { mode: 'only', patterns: ['v*'] }],
    [['.*-RELEASE'], { mode: 'only', patterns: ['*-RELEASE'] }],
    [['^v1\\.2.*$'], { mode: 'only', patterns: ['v1.2*'] }],
    [['stable|latest'], { mode: 'only', patterns: ['stable', 'latest'] }],
  ])('%j locks %j', (rules, lock) => {
    expect(lockOf(rules, [])).toEqual(lock);
  });

  it.each([
    ['.+', 'at least one character'],
    ['[\\s\\S]*', 'what is a space and what is none'],
    ['(.*)', 'a group'],
    ['[^/]+', 'everything but what no tag has'],
    ['\\w[\\w.-]*', 'what a tag can begin and go on with'],
    ['(?:a|[^a]).*?', 'alternatives, lazily'],
  ])('%j locks every tag: %s', (rule) => {
    expect(lockOf([rule], [])).toEqual({ mode: 'all' });
  });

  it.each([
    'v[0-9]*\\.[0-9]*\\.[0-9]*',
    '^\\d+\\.\\d+\\.\\d+$',
    '1.2.3',
    'v\\d{4}',
    '(v|w)x+',
    '^(?:a|b)[a-f0-9]{7,40}$',
  ])('%j certainly leaves some tag open, and is told as it stands', (rule) => {
    expect(lockOf([rule], [])).toEqual({ mode: 'only', patterns: [`/${rule}/`] });
  });

  it.each([
    [['v\\d.*'], ['v1.*'], ['v1.*', '/v\\d.*/']],
    [['(v.*)'], ['v2-*'], ['v2-*', '/(v.*)/']],
    [
      ['^v[0-9]+$', 'stable'],
      ['v1', 'stable'],
      ['stable', 'v1', '/^v[0-9]+$/'],
    ],
    [['^v[0-9]+$'], ['v*'], ['/^v[0-9]+$/']],
    [['v.+'], ['latest'], ['/v.+/']],
  ])('%j, where %j are of production, lock %j', (rules, wanted, patterns) => {
    expect(lockOf(rules, wanted)).toEqual({ mode: 'only', patterns });
  });

  it.each([
    ['', 'the empty expression, which may match everything or nothing'],
    ['(?i)v.*', 'a flag'],
    ['v.*|', 'an empty alternative'],
    ['\\Qv.*\\E', 'quoted text'],
    ['^', 'an anchor alone'],
    ['.', 'one character, which a part of every tag is'],
    ['[[:alpha:]]+', 'a named class'],
    ['\\bv', 'a word boundary'],
    ['(v', 'a group without an end'],
    ['v**', 'a quantifier of a quantifier'],
    ['a(^b)', 'an anchor inside'],
    ['v{1001,2000}{1000}', 'more than can be counted'],
  ])('%j decides nothing: %s', (rule) => {
    expect(() => lockOf(['latest', rule], [])).toThrow(/cannot be told/);
  });

  it('a rule that is enough for a part of the tag decides nothing about such tags', () => {
    expect(() => lockOf(['v1'], ['v1.2'])).toThrow(/rule v1 matches/);
    expect(lockOf(['^v1$'], ['v1.2'])).toEqual({ mode: 'only', patterns: ['v1'] });
  });

  it('a rule that cannot be read decides nothing unless the others lock all that is wanted', () => {
    expect(lockOf(['.*', '(?i)x'], [])).toEqual({ mode: 'all' });
    expect(lockOf(['v.*', '(?i)x'], ['v1'])).toMatchObject({ mode: 'only' });
    expect(() => lockOf(['v.*', '(?i)x'], ['v1', 'w'])).toThrow();
  });

  it.each([
    `${'.*'.repeat(50_000)}[`,
    `^${'(a?b?)'.repeat(150)}c$`,
    `${'(.*a.{9})'.repeat(20)}`,
    '('.repeat(900),
  ])('does not fall over %.20s', (rule) => {
    expect(() => lockOf([rule], [])).not.toThrow(RangeError);
  });
});

describe('a repository', () => {
  const asked = { namespace: 'acme', repository: 'web' };
  const own = { namespace: 'Acme', name: 'web' };
  const detail = (settings: unknown) =>
    repositoryDetail({ ...own, immutable_tags_settings: settings }, asked);

  it.each([null, {}, { error: 'x' }, { ...own, name: 'api' }, { ...own, namespace: 'else' }])(
    'is not what %j is about',
    (raw) => {
      expect(() => repositoryDetail(raw, asked)).toThrow();
    },
  );

  it.each([
    [{ enabled: false, rules: [] }, { mode: 'none' }],
    [{ enabled: false, rules: ['.*'] }, { mode: 'none' }],
    [{ enabled: true, rules: [] }, { mode: 'all' }],
    [
      { enabled: true, rules: ['v.*'] },
      { mode: 'only', patterns: ['v*'] },
    ],
  ])('with %j has the lock %j', (settings, lock) => {
    expect(tagLock(detail(settings), [])).toEqual(lock);
  });

  it.each([undefined, null, {}, { enabled: 'yes', rules: [] }, { enabled: true }, { rules: [] }])(
    'with the lock %j is not understood',
    (settings) => {
      expect(() => tagLock(detail(settings), [])).toThrow();
    },
  );

  it.each([undefined, null, -1, 1.5, '2'])('with %j collaborators is not understood', (count) => {
    expect(() =>
      collaborators(repositoryDetail({ ...own, collaborator_count: count }, asked)),
    ).toThrow();
  });

  it.each([
    [null, 'images'],
    ['image', 'images'],
    ['plugin', 'plugin'],
    ['docker engine plugin', 'plugin'],
    ['model', { unknownType: 'model' }],
  ])('of type %j holds %j', (repository_type, holds) => {
    expect(listedRepository({ name: 'web', is_private: true, repository_type }).holds).toEqual(
      holds,
    );
  });

  it('of a type that is no text, or whose privacy is not told, is not understood', () => {
    expect(() => listedRepository({ name: 'web', is_private: null })).toThrow();
    expect(() => listedRepository({ name: 'web', is_private: true, repository_type: 7 })).toThrow();
  });

  it('gives teams one of three permissions', () => {
    const grants = (permission: string) => teamGrants([{ group_name: 'devs', permission }]);
    expect(grants('write')).toEqual([{ team: 'devs', permission: 'write' }]);
    expect(() => grants('Write')).toThrow();
  });
});

describe('pages', () => {
  const row = { name: 'a' };
  it.each([
    ['one page', { count: 1, next: null, results: [row] }, true],
    ['with more to come', { count: 9, next: 'https://hub.docker.com/x', results: [row] }, false],
    ['an empty next', { count: 1, next: '', results: [row] }, true],
    ['no next, but a count', { count: 1, results: [row] }, true],
    ['counted as total', { total: 1, next: null, results: [row] }, true],
    ['a list of pages, as the description has it', [{ count: 1, results: [row] }], true],
  ])('%s', (_, raw, last) => {
    expect(pageOf(raw)).toMatchObject({ rows: [row], last });
  });

  it.each([
    ['nothing', null],
    ['an empty list of pages', []],
    ['neither next nor a count', { results: [row] }],
    ['a number for next', { count: 1, next: 2, results: [row] }],
    ['a count that is text', { count: '1', next: null, results: [row] }],
    ['no results', { count: 0, next: null }],
  ])('%s is not understood', (_, raw) => {
    expect(() => pageOf(raw)).toThrow();
  });
});

describe('people', () => {
  const alice = { username: 'alice', is_guest: false, groups: [] };

  it('who are only invited are no members, and another role is not understood', () => {
    expect(member({ ...alice, role: 'Invitee' })).toEqual([]);
    expect(member({ ...alice, role: 'Editor' })).toMatchObject([{ role: 'Editor' }]);
    expect(() => member({ ...alice, role: 'owner' })).toThrow();
    expect(() => member({ ...alice, role: 'Security' })).toThrow();
  });

  it.each([true, false])('have teams, guests (%j) or not', (is_guest) => {
    const one = { username: 'zed', role: 'Member', is_guest };
    expect(member({ ...one, groups: ['a'] })).toMatchObject([{ guest: is_guest, teams: ['a'] }]);
    expect(() => member(one)).toThrow(/groups/);
  });

  it.each([
    ['business', ['releases'], true],
    [null, ['releases'], true],
    ['enterprise', ['releases'], true],
    ['business', [], false],
    ['team', ['releases'], false],
  ])('with the subscription %j and teams %j may hold a custom role: %j', (plan, teams, may) => {
    const owner = { name: 'alice', role: 'Owner', guest: false, teams: ['owners'] } as const;
    const bob = { name: 'bob', role: 'Member', guest: false, teams } as const;
    expect(
      mayHoldCustomRoles(
        known('ListMembers', '', () => [owner, bob]),
        plan,
      ),
    ).toBe(may);
    expect(mayHoldCustomRoles(unknown('denied', 'ListMembers', 'no'), plan)).toBe(plan !== 'team');
  });

  it.each([
    [{ team: 'owners' }, ['eve']],
    [{ team: '', role: 'owner' }, ['eve']],
    [{ team: 'devs', role: 'Owner' }, ['eve']],
    [{ team: 'devs' }, []],
    [{ team: null, role: 'member' }, []],
  ])('invited with %j are to be owners: %j', (invite, owners) => {
    expect(invitedOwners({ data: [{ invitee: 'eve', ...invite }] })).toEqual(owners);
  });

  it.each([{}, { team: '', role: '' }, { team: 'devs', role: 'Auditor' }])(
    'invited with %j cannot be told',
    (invite) => {
      expect(() => invitedOwners({ data: [{ invitee: 'eve', ...invite }] })).toThrow();
    },
  );

  it('are members of the namespace by name, whatever its case, with or without a company', () => {
    const entry = { orgname: 'Acme', user_role: 'Owner', parent_name: null };
    expect(membershipOf([entry], 'acme')).toMatchObject({ role: 'owner', plan: null });
    expect(membershipOf([entry], 'acme')?.company()).toBeNull();
    expect(membershipOf([{ ...entry, parent_name: 'holding' }], 'acme')?.company()).toBe('holding');
    expect(membershipOf([entry], 'other')).toBeNull();
    const { parent_name: _, ...untold } = entry;
    expect(() => membershipOf([untold], 'acme')?.company()).toThrow();
  });
});

describe('access tokens', () => {
  const listed = {
    id: '1',
    label: 'ci',
    is_active: true,
    created_at: '2026-01-01T00:00:00Z',
    expires_at: null,
    last_used_at: null,
  };
  const token = listedToken(listed);
  const grants = (path: string, ...scopes: string[]) =>
    tokenGrants({ id: '1', resources: [{ type: 'TYPE_REPO', path, scopes }] }, '1');
  const web = { path: 'acme/web', isPrivate: true };

  it.each([null, {}, { error: 'x' }, { id: '2', resources: [] }, { resources: [] }])(
    'have no grants where the answer is %j',
    (raw) => {
      expect(() => tokenGrants(raw, '1')).toThrow();
    },
  );

  it('without the field of their end are not understood, with null they never end', () => {
    expect(token).toMatchObject({ expiresAt: null });
    const { expires_at: _, ...untold } = listed;
    expect(() => listedToken(untold)).toThrow(/expires_at/);
  });

  it.each([
    ['acme/web', 'scope-image-push', ['read', 'push']],
    ['acme/*', 'scope-image-delete', ['read', 'push', 'delete']],
    ['acme/w*', 'scope-tag-admin', ['read', 'delete']],
    ['Acme/web', 'scope-image-push', ['read', 'push']],
    ['*/*', 'scope-image-push', ['read', 'push']],
    ['acme/web', 'scope-repo-group-edit', ['read', 'administer']],
    ['acme/web', 'scope-webhook-admin', ['read', 'edit']],
    ['acme/api', 'scope-image-push', []],
    ['*/*/public', 'scope-image-pull', []],
    ['acme/web', 'repo-pull', ['read']],
  ])('for %s with %s may %j', (path, scope, rights) => {
    expect([...rightsOn(grants(path, scope), web)]).toEqual(rights);
  });

  it('for public repositories open those that are public', () => {
    const rights = rightsOn(grants('*/*/public', 'scope-image-pull'), { ...web, isPrivate: false });
    expect([...rights]).toEqual(['read']);
  });

  it.each([
    ['acme/web', 'scope-image-replace'],
    ['acme/web', 'toString'],
    ['acme/web/v1', 'scope-image-pull'],
    ['acme', 'scope-image-push'],
    ['*', 'scope-image-push'],
    ['/web', 'scope-image-push'],
    ['acme/', 'scope-image-push'],
    ['acme/{web,api}', 'scope-image-push'],
    ['acme/we?', 'scope-image-push'],
  ])('for %s with %s are not understood', (path, scope) => {
    expect(() => grants(path, scope)).toThrow();
  });

  it('for the organization have no rights of repositories, and such are not understood', () => {
    const of = (scope: string) =>
      tokenGrants(
        { id: '1', resources: [{ type: 'TYPE_ORG', path: 'acme', scopes: [scope] }] },
        '1',
      );
    expect(rightsOn(of('scope-repository-create'), web).size).toBe(0);
    expect(() => of('scope-image-push')).toThrow(/scope-image-push/);
    expect(() => of('scope-repository-admin')).toThrow();
  });

  it.each(['scope-member-edit', 'scope-invite-edit', 'scope-group-edit'])(
    'that may %s can make themselves whatever they like',
    (scope) => {
      const of = (type: string, path: string, name: string) =>
        tokenGrants({ id: '1', resources: [{ type, path, scopes: [name] }] }, '1');
      expect(administersOrganization(of('TYPE_ORG', 'acme', scope))).toBe(true);
      expect(administersOrganization(of('TYPE_ORG', 'acme', 'scope-member-read'))).toBe(false);
      expect(administersOrganization(of('TYPE_REPO', 'acme/*', 'scope-repo-group-edit'))).toBe(
        false,
      );
    },
  );

  it('have a right for each permission that Docker names, and for no other', () => {
    const names = readDescription('dockerhub/permissions.txt').split('\n').slice(0, -1);
    const { 'repo-pull': _, ...scopes } = organizationScopes;
    expect([...Object.keys(personalScopes), ...Object.keys(scopes)].sort()).toEqual(names);
  });

  it('are credentials of one or of every repository', () => {
    const of = (path: string, scope: string) => organizationCredential(token, grants(path, scope));
    expect(of('acme/*', 'scope-repository-admin')).toMatchObject({
      reach: 'every-repository',
      can: 'administer',
    });
    expect(of('acme/web', 'scope-image-delete')).toMatchObject({
      reach: 'some-repositories',
      can: 'push',
    });
    const member = [{ on: 'TYPE_ORG', path: 'acme', rights: ['administer'] }] as const;
    expect(organizationCredential(token, member)).toMatchObject({
      reach: 'every-repository',
      can: 'administer',
    });
  });

  it('of people reach everything, and never end where no end is named', () => {
    const entry = {
      token_label: 'laptop',
      is_active: true,
      created_at: '2021-07-20T12:00:00.000000Z',
      last_used: null,
      scopes: ['repo:write'],
    };
    const [credential] = personalCredential(entry);
    expect(credential).toMatchObject({ expiresAt: null, reach: 'every-repository', can: 'push' });
    expect(personalCredential({ ...entry, is_active: false })).toEqual([]);
    expect(() => personalCredential({ ...entry, scopes: ['repo:everything'] })).toThrow();
  });
});

describe('webhooks', () => {
  const to = (...urls: string[]) => webhook({ webhooks: urls.map((hook_url) => ({ hook_url })) });

  it('over plain HTTP are named by host, without what may be secret', () => {
    const found = to('https://a.example/x', 'http://user:pass@b.example:81/hook?key=1');
    expect(found).toEqual([{ host: 'b.example:81', transport: 'plain-http' }]);
  });

  it('over HTTPS alone decide nothing, and none at all is none', () => {
    expect(() => to('https://a.example/x')).toThrow(/not documented/);
    expect(to()).toEqual([]);
  });

  it.each(['ftp://a.example', 'a.example/x', 'http://'])('to %s are not understood', (url) => {
    expect(() => to(url)).toThrow();
  });
});

describe('Docker Scout', () => {
  const entry = { namespace: 'acme', repoName: 'acme/web', hostName: 'hub.docker.com' };
  const enabled = (features: unknown) =>
    enabledRepositories({ reposFeatures: [{ ...entry, features }] }).get('acme/web');

  it.each([
    [{ vulnerabilityReporting: { enabled: true } }, true],
    [{ vulnerabilityReporting: { enabled: false } }, false],
    [{ vulnerabilityReporting: null }, null],
    [null, null],
  ])('says %j: %j', (features, value) => {
    expect(enabled(features)).toBe(value);
  });

  it('names a repository with or without its namespace', () => {
    const bare = { ...entry, repoName: 'web', features: null };
    expect(enabledRepositories({ reposFeatures: [bare] }).has('acme/web')).toBe(true);
  });

  const scan = (sbomState: string, vulnerabilityReport: unknown) =>
    summaries({
      imageSummariesByDigest: [{ digest: 'sha256:1', sbomState, vulnerabilityReport }],
    }).get('sha256:1');

  it('has a report, or none because there was no scan', () => {
    expect(scan('INDEXED', { critical: 1, high: 2 })?.()).toEqual({
      mode: 'finished',
      critical: 1,
      high: 2,
    });
    expect(scan('NONE', null)?.()).toEqual({ mode: 'missing' });
  });

  it.each([
    ['INDEXING', null],
    ['INDEXING_FAILED', null],
    ['INDEXING_UNAVAILABLE', null],
    ['PONDERING', null],
    ['INDEXED', undefined],
    ['INDEXED', {}],
    ['INDEXED', { critical: -1, high: 0 }],
    ['INDEXED', { critical: 0.5, high: 0 }],
  ])('in the state %s with the report %j is not understood', (state, report) => {
    expect(scan(state, report)).toThrow();
  });
});

describe('tags', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const tag = {
    name: 'v1',
    digest,
    tag_last_pushed: '2026-10-01T00:00:00.5Z',
    images: [
      { os: 'linux', architecture: 'amd64', digest },
      { os: 'unknown', architecture: 'unknown', digest },
    ],
  };

  const hubTag = (entry: JsonObject) => listedTag(entry).image();

  it('hold an image for each platform, and perhaps something for none', () => {
    expect(hubTag(tag)).toEqual({
      name: 'v1',
      digest,
      platforms: [{ name: 'linux/amd64', digest }],
      holdsMore: true,
    });
  });

  it('have one image where the description has one', () => {
    expect(hubTag({ ...tag, images: tag.images[0] }).platforms).toHaveLength(1);
  });

  it('whose push is not told have the time of their change', () => {
    const changed = { ...tag, tag_last_pushed: null, last_updated: '2026-09-01T00:00:00Z' };
    expect(listedTag(changed).pushedAt).toBe('2026-09-01T00:00:00.000Z');
  });

  it.each([
    ['no digest', { digest: undefined }],
    ['a digest that is none', { digest: 'sha256:short' }],
    ['no time', { tag_last_pushed: undefined }],
    ['an image without a digest', { images: [{ os: 'linux', architecture: 'amd64' }] }],
  ])('with %s are not understood', (_, change) => {
    expect(() => hubTag({ ...tag, ...change })).toThrow();
  });
});

test('an activity log with events is on, an empty one says nothing', () => {
  const on = auditLog({ logs: [{ action: 'repo.tag.push' }] });
  expect(on).toMatchObject({ mode: 'on', administration: true, push: true, pull: false });
  expect(() => auditLog({ logs: [] })).toThrow();
  expect(() => auditLog({ logs: [{}] })).toThrow();
  expect(() => auditLog({})).toThrow();
});
