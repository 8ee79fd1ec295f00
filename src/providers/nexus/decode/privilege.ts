import {
  DecodeError,
  enumAt,
  type JsonObject,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import { type Permission, permissionOf } from './permission.ts';

export interface Privilege {
  readonly name: string;
  readonly permission: Permission;
}

const types = [
  'application',
  'repository-admin',
  'repository-view',
  'repository-content-selector',
  'script',
  'wildcard',
] as const;

/** A privilege of the list. Throws `DecodeError` on a type or an action that is not documented. */
export function privilege(raw: unknown): Privilege {
  const one = objectOf(raw, 'a privilege');
  return { name: stringAt(one, 'name'), permission: permissionOf(patternOf(one)) };
}

function patternOf(one: JsonObject): string {
  const type = enumAt(one, 'type', types);
  switch (type) {
    case 'wildcard':
      return stringAt(one, 'pattern');
    case 'application':
      return `nexus:${word(one, 'domain')}:${actionsOf(one)}`;
    case 'script':
      return `nexus:script:${word(one, 'scriptName')}:${actionsOf(one)}`;
    case 'repository-admin':
    case 'repository-view':
      return `nexus:${type}:${scopeOf(one)}:${actionsOf(one)}`;
    case 'repository-content-selector':
      return `nexus:${type}:${word(one, 'contentSelector')}:${scopeOf(one)}:${actionsOf(one)}`;
  }
}

function scopeOf(one: JsonObject): string {
  return `${word(one, 'format')}:${word(one, 'repository')}`;
}

/** One word of a permission: a separator in it would make another permission of it. */
function word(one: JsonObject, key: string): string {
  const text = stringAt(one, key);
  if (/[:,]/.test(text)) throw new DecodeError(`${key} of a privilege is not one word`);
  return text;
}

const actions = [
  'BROWSE',
  'READ',
  'EDIT',
  'ADD',
  'DELETE',
  'CREATE',
  'UPDATE',
  'RUN',
  'START',
  'STOP',
  'ASSOCIATE',
  'DISASSOCIATE',
  'ALL',
  '*',
];

function actionsOf(one: JsonObject): string {
  const words = stringsAt(one, 'actions').map((action) => action.toUpperCase());
  const odd = words.find((action) => !actions.includes(action));
  if (words.length === 0 || odd !== undefined) {
    throw new DecodeError(`an action of a privilege is "${String(odd).slice(0, 40)}"`);
  }
  return words.map((action) => (action === 'ALL' ? '*' : action)).join(',');
}

/** Privileges that the server itself makes and nobody can change (NexusSecurityContributor). */
const stockDomains =
  'analytics|apikey|atlas|blobstores|bundles|capabilities|datastores|healthcheck|ldap|licensing|logging|metrics|privileges|roles|search|selectors|settings|ssl-truststore|tasks|users';
const stockOfDomain = new RegExp(`^nx-(${stockDomains})-(all|create|read|update|delete)$`);
const stockOfRepositories =
  /^nx-(repository-view|repository-admin)-\*-\*-(\*|add|browse|delete|edit|read)$/;
const stockOfScripts = /^nx-script-\*-(\*|add|browse|delete|edit|read|run)$/;

/** What a name means that the server reserves for a privilege of its own; null: it may be anyone's. */
export function stockPrivilege(name: string): Privilege | null {
  const pattern = stockPattern(name);
  return pattern === null ? null : { name, permission: permissionOf(pattern) };
}

function stockPattern(name: string): string | null {
  if (name === 'nx-all') return 'nexus:*';
  const [, kind, action] = matchOf(stockOfRepositories, name);
  if (kind !== undefined) return `nexus:${kind}:*:*:${action}`;
  const [, script] = matchOf(stockOfScripts, name);
  if (script !== undefined) return `nexus:script:*:${script}`;
  const [, domain, verb] = matchOf(stockOfDomain, name);
  if (domain !== undefined) return `nexus:${domain}:${verb === 'all' ? '*' : verb}`;
  return null;
}

function matchOf(pattern: RegExp, name: string): readonly (string | undefined)[] {
  const found = pattern.exec(name);
  return found === null ? [] : found;
}

/** The roles that every server has and nobody can change, by id: their privileges. */
export const stockRoles: ReadonlyMap<string, readonly string[]> = new Map([
  ['nx-admin', ['nx-all']],
  [
    'nx-anonymous',
    [
      'nx-healthcheck-read',
      'nx-search-read',
      'nx-repository-view-*-*-read',
      'nx-repository-view-*-*-browse',
    ],
  ],
]);
