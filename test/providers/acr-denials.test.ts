import { describe, expect, test } from 'vitest';
import { type Difference, findingOf, subscriptionId } from '../support/acr/one-registry.ts';

const person = 'dddddddd-0000-4000-8000-000000000001';
const pipeline = 'dddddddd-0000-4000-8000-000000000002';
const everyone = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };
const acrPush = '8311e382-0749-4cb8-b61a-304f252e45ec';
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const push = 'Microsoft.ContainerRegistry/registries/push/write';
const group = `/subscriptions/${subscriptionId}/resourceGroups/shop-rg`;

type Fields = Readonly<Record<string, unknown>>;

/** Everybody but the pipeline is denied to push, with a difference. */
function denial(more: Fields = {}, permission: Fields = {}): Fields {
  return {
    denyAssignmentName: 'no pushes by hand',
    scope: group,
    doNotApplyToChildScopes: false,
    principals: [everyone],
    excludePrincipals: [{ id: pipeline, type: 'ServicePrincipal' }],
    permissions: [
      { actions: [push], notActions: [], dataActions: [], notDataActions: [], ...permission },
    ],
    ...more,
  };
}

function pushing(denied: Fields, type = 'User', role = acrPush): Difference {
  return {
    registry: {
      roleAssignments: [
        { role: acrPush, principal: pipeline, type: 'ServicePrincipal' },
        { role, principal: person, type },
      ],
      denyAssignments: { one: denied },
    },
  };
}

const verdict = async (difference: Difference) => {
  const found = await findingOf('push-limited-to-ci', difference, 'web');
  return `${found.verdict}${found.message.includes(person) ? ' by the person' : ''}`;
};

describe('a deny assignment', () => {
  test.each([
    ['for everybody but the pipeline', denial()],
    ['with wildcards', denial({}, { actions: ['Microsoft.ContainerRegistry/*'] })],
    ['for the person by name', denial({ principals: [{ id: person, type: 'User' }] })],
    [
      'at the management group',
      denial({ scope: '/providers/Microsoft.Management/managementGroups/m' }),
    ],
    ['in other letters', denial({ scope: group.toUpperCase() }, { actions: [push.toUpperCase()] })],
  ])('%s keeps the person out', async (_, denied) => {
    expect(await verdict(pushing(denied))).toBe('pass');
  });

  test.each([
    ['that excludes the person', denial({ excludePrincipals: [{ id: person, type: 'User' }] })],
    [
      'that excludes a group, which the person may be in',
      denial({ excludePrincipals: [{ id: pipeline, type: 'Group' }] }),
    ],
    ['for somebody else', denial({ principals: [{ id: pipeline, type: 'User' }] })],
    [
      'for a group, which the person may be in',
      denial({ principals: [{ id: 'g', type: 'Group' }] }),
    ],
    ['of another group of resources', denial({ scope: `${group}-2` })],
    ['that does not apply below its scope', denial({ doNotApplyToChildScopes: true })],
    ['with a condition', denial({}, { condition: "@Resource[a] StringEquals 'b'" })],
    ['with a condition as a whole', denial({ condition: "@Resource[a] StringEquals 'b'" })],
    ['that only audits', denial({ denyAssignmentEffect: 'audit' })],
    ['of reading', denial({}, { actions: ['*/read'] })],
    ['with an exception for pushes', denial({}, { actions: ['*'], notActions: [push] })],
    ['of actions on data', denial({}, { actions: [], dataActions: [push] })],
  ])('%s keeps nobody out', async (_, denied) => {
    expect(await verdict(pushing(denied))).toBe('fail by the person');
  });

  test('keeps out no group of which somebody is excluded', async () => {
    expect(await verdict(pushing(denial(), 'Group'))).toBe('fail by the person');
    const nobody = denial({ excludePrincipals: [] });
    expect(await verdict(pushing(nobody, 'Group'))).not.toContain('by the person');
  });

  test('keeps out nobody who can get around it', async () => {
    const everything = denial({}, { actions: ['*'], dataActions: ['*'] });
    expect(await verdict(pushing(everything, 'User', contributor))).toBe('fail by the person');
  });

  test.each([
    ['that cannot be decoded', denial({ principals: undefined })],
    ['without permissions', denial({ permissions: null })],
  ])('%s leaves it open whom it keeps out', async (_, denied) => {
    expect(await verdict(pushing(denied))).toBe('unknown by the person');
  });

  test('that may not be read leaves whoever can get around it what it is', async () => {
    const faults = [{ operation: 'DenyAssignments_List', kind: 'denied' }] as const;
    const sure = { ...pushing(denial(), 'User', contributor), estate: { faults } };
    expect(await verdict(sure)).toBe('fail by the person');
  });
});

describe('a role that cannot be decoded', () => {
  const own = 'ffffffff-0000-4000-8000-00000000000a';
  const holding = (permissions: unknown, assigned = own) => ({
    ...pushing(denial({ principals: [] }), 'User', assigned),
    subscription: {
      customRoles: { [own]: { roleName: 'Own', type: 'CustomRole', permissions } },
    },
  });
  test.each([
    ['whose actions are null', [{ actions: null, dataActions: [] }]],
    ['that names no action', [{ actions: [], dataActions: [], notActions: [] }]],
    ['whose actions are missing', [{ notActions: ['*'], dataActions: [] }]],
    ['whose permissions are no list', { actions: ['*'] }],
  ])('%s leaves open what its holder may do', async (_, permissions) => {
    expect(await verdict(holding(permissions))).toBe('unknown by the person');
    expect(await verdict(holding(permissions, 'acdd72a7-3385-48ef-bd42-f606fba81ae7'))).toBe(
      'pass',
    );
  });
});

describe('how long pushes are kept', () => {
  const workspace = (name: string) =>
    `/subscriptions/${subscriptionId}/resourceGroups/security/providers/Microsoft.OperationalInsights/workspaces/${name}`;
  const setting = (more: Fields) => ({
    logs: [{ categoryGroup: 'allLogs', enabled: true }],
    ...more,
  });
  const table = (days: unknown) => ({
    [`${subscriptionId}/security/siem`]: { totalRetentionInDays: days },
  });
  const kept = (settings: Readonly<Record<string, Fields>>, days: unknown) =>
    findingOf('audit-log-kept', {
      registry: { diagnosticSettings: settings },
      estate: { logTables: table(days) as Readonly<Record<string, Fields>> },
    });
  const siem = setting({ workspaceId: workspace('siem') });

  test.each([
    [730, 'pass'],
    [30, 'fail'],
    [null, 'unknown'],
    ['730', 'unknown'],
    [-1, 'unknown'],
    [0, 'unknown'],
  ])('a workspace says: %j is %s', async (days, expected) => {
    expect((await kept({ siem }, days)).verdict).toBe(expected);
  });

  test.each([
    ['another workspace that is not there', setting({ workspaceId: workspace('gone') })],
    ['a storage account', setting({ storageAccountId: '/subscriptions/s/storageAccounts/attic' })],
    ['what is no workspace', setting({ workspaceId: '/subscriptions/s/../../x' })],
  ])('%s leaves it open', async (_, other) => {
    expect((await kept({ siem, other }, 30)).verdict).toBe('unknown');
  });

  test('without a setting they are not', async () => {
    expect((await kept({}, 730)).verdict).toBe('fail');
  });
});
