import type { Unknown } from '../../../model/fact.ts';
import { Inconclusive, unlearnt } from '../../facts.ts';
import { some } from '../decode/permission.ts';
import type { Privilege } from '../decode/privilege.ts';
import type { ImageRepository } from '../decode/repository.ts';
import { type Held, implied } from './directory.ts';

/** Whoever holds one of these can take every other right, for oneself or for a user one signs in as. */
const administration = [
  'nexus:users:add',
  'nexus:users:edit',
  'nexus:roles:edit',
  'nexus:privileges:edit',
  'nexus:settings:edit',
  'nexus:capabilities:add',
  'nexus:capabilities:edit',
  'nexus:ldap:edit',
  `nexus:script:${some}:add`,
  `nexus:script:${some}:edit`,
];

/** The privilege by which somebody administers the server; null: none that is understood does. */
export function administers(held: readonly Privilege[]): string | null {
  for (const wanted of administration) {
    const found = implied(held, wanted);
    if (found !== null) return found;
  }
  return null;
}

/** Whether all rights there are are held. */
export function holdsEverything(held: readonly Privilege[]): boolean {
  return implied(held, 'nexus:*:*') !== null;
}

/** Domains of which no right leads to another than that itself. */
const harmless = new Set([
  ...['analytics', 'apikey', 'atlas', 'blobstores', 'bundles', 'capabilities', 'component'],
  ...['crowd', 'datastores', 'healthcheck', 'iq-violation-summary', 'ldap', 'licensing', 'logging'],
  ...['metrics', 'migration', 'privileges', 'repository-admin', 'repository-content-selector'],
  ...['repository-view', 'roles', 'script', 'search', 'selectors', 'settings', 'ssl-truststore'],
  ...['tags', 'tasks', 'users', 'userschangepw', 'usertoken-current', 'usertoken-settings'],
  ...['usertoken-user', 'usertoken-users', 'wonderland'],
]);
const reading = new Set(['read', 'browse']);

/** Privileges that may lead to administration: what a domain that is not known here can do is not known. */
export function unfamiliar(held: readonly Privilege[]): readonly string[] {
  return held
    .filter(({ permission: [scheme = [], domains = [], ...rest] }) => {
      if (!scheme.includes('nexus') && !scheme.includes('*')) return false;
      if (domains.every((domain) => domain === '*' || harmless.has(domain))) return false;
      const actions = rest.at(-1);
      return actions === undefined || actions.some((action) => !reading.has(action));
    })
    .map(({ name }) => name);
}

export type Ability = 'pull' | 'push' | 'delete' | 'list';

/** What the content of a repository takes, as wanted permissions; all of them at once. */
function wantedFor(ability: Ability, { format, name }: Place): readonly string[] {
  const actions = { pull: ['read'], push: ['add', 'edit'], delete: ['delete'], list: ['browse'] };
  return actions[ability].map((action) => `nexus:repository-view:${format}:${name}:${action}`);
}

export type Place = Pick<ImageRepository, 'format' | 'name'>;

/** By which privilege an ability is held in a repository, or why that is not known. Null: it is not held. */
export type Right =
  | { readonly state: 'held'; readonly privilege: string }
  | { readonly state: 'not-held' }
  | { readonly state: 'doubtful'; readonly why: readonly Unknown[] };

/**
 * Whether roles give an ability in a repository. A content selector opens a part that its expression
 * decides, and half of what a push takes may or may not be enough: both leave it doubtful.
 */
export function rightTo(ability: Ability, place: Place, { held, gaps }: Held): Right {
  const wanted = wantedFor(ability, place);
  const found = wanted.map((permission) => implied(held, permission));
  const [first] = found;
  if (first !== undefined && first !== null && !found.includes(null)) {
    return { state: 'held', privilege: first };
  }
  if (ability === 'delete') {
    const whole = implied(held, `nexus:repository-admin:${place.format}:${place.name}:delete`);
    if (whole !== null) return { state: 'held', privilege: whole };
  }
  const half = found.find((name) => name !== null);
  const parts = wanted.map((permission) =>
    implied(held, permission.replace(':repository-view:', `:repository-content-selector:${some}:`)),
  );
  const part = parts.find((name) => name !== null);
  const doubts = [
    ...(half === undefined || half === null
      ? []
      : [`${half} alone may not be enough to ${ability}`]),
    ...(part === undefined || part === null
      ? []
      : [`what the content selector of ${part} opens in ${place.name} depends on its expression`]),
  ];
  const why = [...gaps, ...doubts.map((doubt) => inconclusive(doubt))];
  return why.length === 0 ? { state: 'not-held' } : { state: 'doubtful', why };
}

/** A reason for which something is unknown although everything was read. */
export function inconclusive(detail: string): Unknown {
  return unlearnt(new Inconclusive(detail), { operation: 'listPrivileges' }, detail);
}
