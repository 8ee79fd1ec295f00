import { describe, expect, test } from 'vitest';
import type { EstateRegistry, EstateSubscription } from '../../src/demo/acr/estate.ts';
import { type Difference, findingOf, subscriptionId } from '../support/acr/one-registry.ts';

type Assignments = NonNullable<EstateRegistry['roleAssignments']>;

const person = 'dddddddd-0000-4000-8000-000000000001';
const pipeline = 'dddddddd-0000-4000-8000-000000000002';
const partner = 'eeeeeeee-0000-4000-8000-000000000009';
const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const acrPush = '8311e382-0749-4cb8-b61a-304f252e45ec';
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const writer = '2a1e307c-b015-4ebd-883e-5b7698a07328';
const own = 'ffffffff-0000-4000-8000-00000000000a';
const service = 'Microsoft.ContainerRegistry/registries';

/** A custom role, to a person. */
function custom(
  permissions: object,
  assignment: Partial<Assignments[number]> = {},
): { customRoles: NonNullable<EstateSubscription['customRoles']>; roleAssignments: Assignments } {
  return {
    customRoles: {
      [own]: {
        roleName: 'Own role',
        type: 'CustomRole',
        assignableScopes: [],
        permissions: [permissions],
      },
    },
    roleAssignments: [
      { role: reader, principal: pipeline, type: 'ServicePrincipal' },
      { role: own, principal: person, type: 'User', ...assignment },
    ],
  };
}

function holding(permissions: object, more: Difference = {}, assignment = {}): Difference {
  const { customRoles, roleAssignments } = custom(permissions, assignment);
  return { registry: { roleAssignments }, subscription: { customRoles }, ...more };
}

const push = (difference: Difference, repository = 'web') =>
  findingOf('push-limited-to-ci', difference, repository);

describe('who can push', () => {
  test.each([
    ['cacheRules/write'],
    ['importImage/action'],
    ['importPipelines/write'],
    ['deleted/restore/action'],
    ['tokens/write'],
    ['scopeMaps/write'],
    ['connectedRegistries/write'],
    ['tasks/write'],
    ['push/write'],
  ])('whoever holds %s alone, a person, is named', async (name) => {
    const findings = holding({ actions: [`${service}/${name}`] });
    const { verdict, message } = await push(findings);
    expect(verdict).toBe('fail');
    expect(message).toContain(person);
  });

  test.each([
    ['registries/read'],
    ['registries/webhooks/write'],
    ['registries/repositories/metadata/write'],
  ])('whoever holds %s alone is not', async (name) => {
    const findings = holding({ actions: [`Microsoft.ContainerRegistry/${name}`] });
    expect((await push(findings)).verdict).toBe('pass');
  });

  test.each([
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Authorization/roleDefinitions/write',
    'Microsoft.Authorization/roleEligibilityScheduleRequests/write',
    'Microsoft.Authorization/*',
  ])('%s leads there', async (action) => {
    const findings = holding({ actions: [action] });
    expect((await push(findings)).message).toContain(person);
    expect((await findingOf('admins-few', findings)).message).toMatch(/^administrators: 1,/);
  });

  test('a permission of the service that is not known leaves it open', async () => {
    const findings = holding({ actions: [`${service}/teleport/action`] });
    const { verdict, message } = await push(findings);
    expect(verdict).toBe('unknown');
    expect(message).toContain('teleport/action, which regaudit does not know');
  });

  test('passwords of the admin user push when it is on, or when the same principal can switch it on', async () => {
    const list = { actions: [`${service}/listCredentials/action`] };
    const both = { actions: [`${service}/listCredentials/action`, `${service}/write`] };
    const said = async (permissions: object, adminUserEnabled: boolean) =>
      (await push(holding(permissions, { properties: { adminUserEnabled } }))).message;
    expect(await said(list, true)).toContain(person);
    expect(await said(list, false)).not.toContain(person);
    expect(await said(both, false)).toContain(person);
  });

  test('a role defined for a resource group alone is known', async () => {
    const { customRoles, roleAssignments } = custom({ actions: [`${service}/push/write`] });
    const scoped = Object.fromEntries(
      Object.entries(customRoles).map(([id, one]) => [
        id,
        { ...one, assignableScopes: [`/subscriptions/${subscriptionId}/resourceGroups/shop-rg`] },
      ]),
    );
    const findings: Difference = {
      registry: { roleAssignments },
      subscription: { customRoles: scoped },
    };
    expect((await push(findings)).verdict).toBe('fail');
  });

  test('a role that may be activated counts', async () => {
    const findings: Difference = {
      registry: { roleEligibilities: [{ role: contributor, principal: person, type: 'User' }] },
    };
    const { verdict, message } = await push(findings);
    expect(verdict).toBe('fail');
    expect(message).toContain(person);
  });

  test('a tenant without the licence for activation has nobody who may activate', async () => {
    const findings: Difference = { subscription: { unlicensed: true } };
    expect((await push(findings)).verdict).toBe('pass');
  });
});

describe('conditions', () => {
  const writes = 'Microsoft.Authorization/roleAssignments/write';
  const limited = (role: string) =>
    `((!(ActionMatches{'${writes}'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals{${role}}))`;

  test.each([
    ['of the role', { actions: [writes], condition: limited(reader) }, {}],
    ['of the assignment', { actions: [writes] }, { condition: limited(reader) }],
  ])('%s that lets only readers be made make no administrator', async (_, permissions, held) => {
    const findings = holding(permissions, {}, held);
    expect((await findingOf('admins-few', findings)).message).toMatch(/^administrators: 0,/);
    expect((await push(findings)).verdict).toBe('pass');
  });

  test('that let somebody who pushes be made make one who pushes', async () => {
    const findings = holding({ actions: [writes], condition: limited(acrPush) });
    expect((await push(findings)).verdict).toBe('fail');
  });

  const second = 'ffffffff-0000-4000-8000-00000000000b';
  const third = 'ffffffff-0000-4000-8000-00000000000c';
  const roleOf = (permissions: object) => ({
    roleName: 'Another role',
    type: 'CustomRole',
    assignableScopes: [],
    permissions: [permissions],
  });
  const nulls = { actions: null, notActions: null, dataActions: [`${service}/push/write`] };

  test.each([
    ['cannot be decoded', { [second]: roleOf(nulls) }],
    ['holds a new permission', { [second]: roleOf({ actions: [`${service}/teleport/action`] }) }],
    [
      'leads to such a role',
      {
        [second]: roleOf({ actions: [writes], condition: limited(third) }),
        [third]: roleOf(nulls),
      },
    ],
  ])('that let a role be made which %s leave it open', async (_, roles) => {
    const { customRoles, roleAssignments } = custom({
      actions: [writes],
      condition: limited(second),
    });
    const findings: Difference = {
      registry: { roleAssignments },
      subscription: { customRoles: { ...customRoles, ...roles } },
    };
    expect((await push(findings)).verdict).toBe('unknown');
    expect((await findingOf('delete-limited', findings, 'web')).verdict).toBe('unknown');
    expect((await findingOf('admins-few', findings)).verdict).toBe('unknown');
  });

  test('a role that cannot be decoded and is given to nobody hides nothing', async () => {
    const findings: Difference = { subscription: { customRoles: { [second]: roleOf(nulls) } } };
    expect((await push(findings)).verdict).toBe('pass');
    expect((await findingOf('admins-few', findings)).verdict).toBe('pass');
  });

  test('of repositories hold in these alone', async () => {
    const condition = `((!(ActionMatches{'${service}/repositories/content/write'})) OR (@Request[${service}/repositories:name] StringEqualsIgnoreCase 'web'))`;
    const findings: Difference = {
      properties: { roleAssignmentMode: 'AbacRepositoryPermissions' },
      registry: {
        roleAssignments: [
          { role: reader, principal: pipeline, type: 'ServicePrincipal' },
          { role: writer, principal: person, type: 'User', condition },
        ],
      },
    };
    expect((await push(findings)).verdict).toBe('fail');
    expect((await push(findings, 'hub/nginx')).verdict).toBe('pass');
  });

  test('that cannot be decided leave it open', async () => {
    const condition = `@Resource[HasObotoken] BoolEquals true`;
    const findings = holding({ actions: [`${service}/push/write`] }, {}, { condition });
    expect((await push(findings)).verdict).toBe('unknown');
  });
});

describe('delegation to another tenant', () => {
  test.each([[undefined], ['shop-rg']])('is named wherever it is (%s)', async (group) => {
    const tenant = '99999999-1111-4000-8000-000000000001';
    const findings: Difference = {
      subscription: {
        delegations: [
          {
            tenant,
            ...(group === undefined ? {} : { group }),
            authorizations: [{ role: contributor, principal: partner }],
          },
        ],
      },
    };
    expect((await push(findings)).verdict).toBe('fail');
    expect((await findingOf('delete-limited', findings, 'web')).verdict).toBe('fail');
    const outside = await findingOf('cross-account-limited', findings, 'web');
    expect(outside.verdict).toBe('fail');
    expect(outside.message).toContain(tenant);
  });

  test('of another resource group is nothing to this one', async () => {
    const findings: Difference = {
      subscription: {
        delegations: [
          {
            tenant: partner,
            group: 'other-rg',
            authorizations: [{ role: contributor, principal: partner }],
          },
        ],
      },
    };
    expect((await findingOf('delete-limited', findings, 'web')).verdict).toBe('pass');
  });
});

describe('who is from elsewhere', () => {
  const team = 'dddddddd-0000-4000-8000-000000000003';
  const given = (type: string, principal = person): Assignments => [
    { role: reader, principal: pipeline, type: 'ServicePrincipal' },
    { role: reader, principal, type },
  ];
  const outside = async (
    type: string,
    object: Record<string, unknown> | undefined,
    members?: readonly Record<string, unknown>[],
  ) => {
    const principal = type === 'Group' ? team : person;
    const known = {
      ...(object === undefined ? {} : { object }),
      ...(members === undefined ? {} : { members }),
    };
    const findings: Difference = {
      registry: { roleAssignments: given(type, principal) },
      estate: { directory: { [principal]: known } },
    };
    return findingOf('cross-account-limited', findings, 'web');
  };
  const user = { '@odata.type': '#microsoft.graph.user' };

  test.each([
    [{ userType: 'Guest' }, 'fail'],
    [{ userType: 'Member', userPrincipalName: 'eve_brand.example#EXT#@shop.example' }, 'fail'],
    [{ userType: 'Member' }, 'pass'],
    [{ userType: null }, 'unknown'],
    [{ userType: 'Visitor' }, 'unknown'],
  ])('a user with %j: %s', async (properties, verdict) => {
    expect((await outside('User', properties)).verdict).toBe(verdict);
  });

  test.each([
    [{ appOwnerOrganizationId: '99999999-1111-4000-8000-000000000001' }, 'fail'],
    [{ appOwnerOrganizationId: 'F8CDEF31-A31E-4B4A-93E4-5F571E91255A' }, 'pass'],
    [{ appOwnerOrganizationId: '11111111-1111-1111-1111-111111111111' }, 'pass'],
    [{ appOwnerOrganizationId: null, servicePrincipalType: 'ManagedIdentity' }, 'pass'],
    [{ appOwnerOrganizationId: null }, 'unknown'],
  ])('a service principal with %j: %s', async (properties, verdict) => {
    expect((await outside('ServicePrincipal', properties)).verdict).toBe(verdict);
  });

  test.each([
    [[], 'pass'],
    [[{ ...user, id: 'm1', userType: 'Member' }], 'pass'],
    [
      [
        { ...user, id: 'm1', userType: 'Member' },
        { ...user, id: 'm2', userType: 'Guest' },
      ],
      'fail',
    ],
    [[{ ...user, id: 'm1', userType: null, userPrincipalName: null }], 'unknown'],
  ])('a group with the members %j: %s', async (members, verdict) => {
    const { verdict: found, message } = await outside('Group', undefined, members);
    expect(found).toBe(verdict);
    if (verdict === 'fail') expect(message).toContain('m2');
  });

  test('a principal that is not in the directory leaves it open', async () => {
    expect((await outside('User', undefined)).verdict).toBe('unknown');
  });

  test('a declared tenant is trusted', async () => {
    const tenant = '99999999-1111-4000-8000-000000000001';
    const findings: Difference = {
      registry: { roleAssignments: given('ServicePrincipal') },
      estate: { directory: { [person]: { object: { appOwnerOrganizationId: tenant } } } },
    };
    const expected = { trustedOrganizations: [tenant] };
    const found = await findingOf('cross-account-limited', findings, 'web', { expected });
    expect(found.verdict).toBe('pass');
  });
});

describe('an administrator from whom push cannot be taken', () => {
  const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
  const given = (role: string): Difference => ({
    registry: {
      roleAssignments: [
        { role: acrPush, principal: pipeline, type: 'ServicePrincipal' },
        { role, principal: person, type: 'User', scope: `/subscriptions/${subscriptionId}` },
      ],
    },
  });

  test('is named and does not fail the check', async () => {
    const { verdict, message } = await push(given(owner));
    expect(verdict).toBe('pass');
    expect(message).toContain(person);
  });

  test('is no Contributor, who could do without', async () => {
    expect((await push(given(contributor))).verdict).toBe('fail');
  });
});

describe('what is known in part', () => {
  const denied = (operation: string): Difference => ({
    registry: {
      roleAssignments: [
        { role: acrPush, principal: person, type: 'User' },
        { role: contributor, principal: partner, type: 'ForeignGroup' },
      ],
    },
    estate: { faults: [{ operation, kind: 'denied' }] },
  });

  test.each([
    ['push-limited-to-ci', 'Tokens_List'],
    ['push-limited-to-ci', 'RegistrationAssignments_List'],
    ['push-limited-to-ci', 'RoleEligibilityScheduleInstances_List'],
    ['delete-limited', 'RegistrationAssignments_ListForGroup'],
    ['cross-account-limited', 'Directory_GetByIds'],
    ['cross-account-limited', 'Subscriptions_Get'],
  ])('decides a fail of %s where %s is denied', async (check, operation) => {
    expect((await findingOf(check, denied(operation), 'web')).verdict).toBe('fail');
  });

  test.each([
    ['push-limited-to-ci', 'Tokens_List'],
    ['push-limited-to-ci', 'RoleAssignments_ListForScope'],
    ['delete-limited', 'RegistrationAssignments_List'],
    ['cross-account-limited', 'Directory_GetByIds'],
    ['admins-few', 'RoleEligibilityScheduleInstances_List'],
  ])('is no pass of %s where %s is denied', async (check, operation) => {
    const faults = [{ operation, kind: 'denied' as const }];
    const subject = check === 'admins-few' ? '' : 'web';
    expect((await findingOf(check, { estate: { faults } }, subject)).verdict).toBe('unknown');
  });

  test('a role that is not listed leaves the others what they are', async () => {
    const unlisted = '00000000-0000-4000-8000-00000000ffff';
    const findings: Difference = {
      registry: {
        roleAssignments: [
          { role: acrPush, principal: person, type: 'User' },
          { role: unlisted, principal: pipeline, type: 'ServicePrincipal' },
        ],
      },
    };
    expect((await push(findings)).verdict).toBe('fail');
  });

  test('a task that shows a secret fails beside one that may hide one', async () => {
    const step = { type: 'Docker', isPushEnabled: true };
    const tasks = {
      shows: {
        status: 'Enabled',
        step: { ...step, arguments: [{ name: 'GIT_PAT', value: 'x1', isSecret: false }] },
      },
      hides: { status: 'Enabled', step: { ...step, contextPath: 'https://github.com/a/b' } },
    };
    const found = await findingOf('build-credentials-safe', { registry: { tasks } });
    expect(found.verdict).toBe('fail');
  });

  test('a webhook in the clear fails beside one that cannot be read', async () => {
    const properties = { status: 'enabled', scope: '', actions: ['push'] };
    const webhooks = {
      plain: { properties, callback: { serviceUri: 'http://hooks.shop.example' } },
      odd: { properties, callback: { serviceUri: 'gopher://hooks.shop.example' } },
    };
    const found = await findingOf('webhooks-use-tls', { registry: { webhooks } }, 'web');
    expect(found.verdict).toBe('fail');
  });
});
