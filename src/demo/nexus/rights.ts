import type { Estate, Fields } from './estate.ts';

/* What the server lets its callers do, resolved as it does: roles, the roles in them, and privileges. */

const domains = [
  ...['analytics', 'apikey', 'blobstores', 'capabilities', 'datastores', 'ldap', 'licensing'],
  ...['logging', 'metrics', 'privileges', 'roles', 'search', 'selectors', 'settings'],
  ...['ssl-truststore', 'tasks', 'users'],
];
const verbs = {
  create: 'ADD',
  delete: 'DELETE',
  read: 'READ',
  update: 'EDIT',
  all: 'ALL',
} as const;
const contents = ['*', 'add', 'browse', 'delete', 'edit', 'read'] as const;

/** The privileges a server has by itself: of its own domains, and of each repository. */
export function privilegesOf(estate: Estate): readonly Fields[] {
  const readOnly = true;
  const ofDomains = domains.flatMap((domain) =>
    Object.entries(verbs).map(([verb, action]) => ({
      type: 'application',
      name: `nx-${domain}-${verb}`,
      description: `${verb} permission for ${domain}`,
      readOnly,
      actions: verb === 'all' || verb === 'read' ? [action] : [action, 'READ'],
      domain,
    })),
  );
  const places = [{ format: '*', name: '*' }, ...estate.repositories];
  const ofRepositories = places.flatMap(({ format, name }) =>
    ['repository-admin', 'repository-view'].flatMap((type) =>
      contents.map((action) => ({
        type,
        name: `nx-${type}-${format}-${name}-${action}`,
        description: `${action} privilege`,
        readOnly,
        actions: [action === '*' ? 'ALL' : action.toUpperCase()],
        format,
        repository: name,
      })),
    ),
  );
  const all = { type: 'wildcard', name: 'nx-all', description: 'All permissions', readOnly };
  const tokens = { type: 'application', name: 'nx-usertoken-settings', description: '', readOnly };
  return [
    { ...all, pattern: 'nexus:*' },
    { ...tokens, actions: ['ALL'], domain: 'usertoken-settings' },
    ...ofDomains,
    ...ofRepositories,
    ...(estate.privileges ?? []),
  ];
}

/** With the two that every server has. */
export function rolesOf(estate: Estate): readonly Fields[] {
  const stock = { source: 'default', readOnly: true, roles: [] };
  return [
    ...estate.roles.map((role) => ({
      source: 'default',
      name: role['id'],
      description: '',
      readOnly: false,
      privileges: [],
      roles: [],
      ...role,
    })),
    {
      id: 'nx-admin',
      name: 'nx-admin',
      description: 'Administrator Role',
      ...stock,
      privileges: ['nx-all'],
    },
    {
      id: 'nx-anonymous',
      name: 'nx-anonymous',
      description: 'Anonymous Role',
      ...stock,
      privileges: [
        'nx-healthcheck-read',
        'nx-search-read',
        'nx-repository-view-*-*-read',
        'nx-repository-view-*-*-browse',
      ],
    },
  ];
}

/** Whether a user holds a permission such as `nexus:settings:read`. */
export function rightsOf(estate: Estate, userId: string): (wanted: string) => boolean {
  const roles = new Map(rolesOf(estate).map((role) => [role['id'], role]));
  const user = estate.users.find((one) => one['userId'] === userId);
  const open = [...arrayAt(user, 'roles'), ...arrayAt(user, 'externalRoles')];
  const names = new Set<unknown>();
  const seen = new Set<unknown>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const role = roles.get(id);
    for (const name of arrayAt(role, 'privileges')) names.add(name);
    open.push(...arrayAt(role, 'roles'));
  }
  const patterns = privilegesOf(estate)
    .filter(({ name }) => names.has(name))
    .map((one) => patternOf(one).toLowerCase().split(':'));
  return (wanted) => patterns.some((pattern) => implies(pattern, wanted.toLowerCase().split(':')));
}

function patternOf(one: Fields): string {
  if (one['type'] === 'wildcard') return String(one['pattern']);
  const actions = arrayAt(one, 'actions').map((action) => (action === 'ALL' ? '*' : `${action}`));
  const where =
    'domain' in one ? one['domain'] : `${one['type']}:${one['format']}:${one['repository']}`;
  return `nexus:${where}:${actions.join(',')}`;
}

function implies(held: readonly string[], wanted: readonly string[]): boolean {
  return held.every((part, index) => {
    const words = part.split(',');
    const asked = wanted[index];
    return words.includes('*') || (asked !== undefined && words.includes(asked));
  });
}

function arrayAt(one: Fields | undefined, key: string): unknown[] {
  const value = one?.[key];
  return Array.isArray(value) ? [...value] : [];
}
