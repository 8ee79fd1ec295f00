import { expect, test } from 'vitest';
import type { Known } from '../../src/model/fact.ts';
import { permissionOf } from '../../src/providers/nexus/decode/permission.ts';
import { directoryOf } from '../../src/providers/nexus/facts/directory.ts';

const known = <T>(value: T): Known<T> => ({
  state: 'known',
  value,
  from: { operation: 'listRoles' },
});

test('roles and privileges of the same name in two sources are joined, in any order', () => {
  const roles = [
    { id: 'shop-push', privileges: ['push'], roles: [] },
    { id: 'shop-push', privileges: [], roles: [] },
  ];
  const push = { name: 'push', permission: permissionOf('nexus:repository-view:docker:shop:add') };
  const none = { name: 'push', permission: permissionOf('nexus:search:read') };
  for (const order of [roles, roles.toReversed()]) {
    const { held } = directoryOf({
      users: known([]),
      roles: known(order),
      privileges: known([push, none]),
    });
    expect(held(['shop-push']).held).toEqual([push, none]);
  }
});
