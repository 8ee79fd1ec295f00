import {
  booleanAt,
  DecodeError,
  type JsonObject,
  maybeString,
  objectAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import { enumInAnyCase } from './repository.ts';

/** Whether admin with its documented first password can still sign in (status check of that name). */
export function defaultAdministratorWorks(raw: unknown): boolean {
  const check = objectAt(objectOf(raw, 'the status checks'), 'Default Admin Credentials');
  return !booleanAt(check, 'healthy');
}

export interface Capability {
  readonly type: string;
  /** Switched on, and at work. */
  readonly serving: boolean;
  readonly enabled: boolean;
  readonly properties: JsonObject;
}

export function capability(raw: unknown): Capability {
  const one = objectOf(raw, 'a capability');
  const enabled = booleanAt(one, 'enabled');
  return {
    type: stringAt(one, 'type'),
    enabled,
    serving: enabled && booleanAt(one, 'active') && !booleanAt(one, 'error'),
    properties: objectAt(one, 'properties'),
  };
}

/** The events a global webhook sends, a list in a text. */
export function webhookNames({ properties }: Capability): readonly string[] {
  return stringAt(properties, 'names')
    .split(',')
    .map((name) => name.trim());
}

export interface Task {
  readonly type: string;
  readonly name: string;
  /** Whether it will run by itself. */
  readonly scheduled: boolean;
  /** The repository it is for, `*` for all; null: the release does not tell. */
  readonly repository: string | null;
}

/** A task. Releases up to 3.71 at least have no `enabled`. */
export function task(raw: unknown): Task {
  const one = objectOf(raw, 'a task');
  const enabled = 'enabled' in one ? booleanAt(one, 'enabled') : true;
  if (!('nextRun' in one)) throw new DecodeError('nextRun of a task is missing');
  const properties = 'properties' in one ? one['properties'] : null;
  return {
    type: stringAt(one, 'type'),
    name: stringAt(one, 'name'),
    scheduled: enabled && maybeString(one, 'nextRun') !== null,
    repository:
      properties === null || properties === undefined
        ? null
        : maybeString(objectOf(properties, 'properties'), 'repositoryName'),
  };
}

export interface RoutingRule {
  readonly name: string;
  readonly mode: 'ALLOW' | 'BLOCK';
  readonly matchers: readonly string[];
}

export function routingRule(raw: unknown): RoutingRule {
  const one = objectOf(raw, 'a routing rule');
  return {
    name: stringAt(one, 'name'),
    mode: enumInAnyCase(one, 'mode', ['ALLOW', 'BLOCK']),
    matchers: stringsAt(one, 'matchers'),
  };
}

/** Whether IQ Server is asked, and whether everything is let through while it does not respond. */
export interface IqConnection {
  readonly enabled: boolean;
  readonly failOpen: boolean;
}

export function iqConnection(raw: unknown): IqConnection {
  const one = objectOf(raw, 'the connection to IQ Server');
  return { enabled: booleanAt(one, 'enabled'), failOpen: booleanAt(one, 'failOpenModeEnabled') };
}

/** Whether user tokens are on. */
export function userTokens(raw: unknown): boolean {
  return booleanAt(objectOf(raw, 'the settings of user tokens'), 'enabled');
}

export interface LdapServer {
  readonly name: string;
  readonly protocol: 'LDAP' | 'LDAPS';
}

export function ldapServer(raw: unknown): LdapServer {
  const one = objectOf(raw, 'an LDAP server');
  return {
    name: stringAt(one, 'name'),
    protocol: enumInAnyCase(one, 'protocol', ['LDAP', 'LDAPS']),
  };
}

export interface Saml {
  readonly responses: boolean;
  readonly assertions: boolean;
}

/** Whether signatures on what the identity provider says are verified. */
export function saml(raw: unknown): Saml {
  const one = objectOf(raw, 'the SAML configuration');
  return {
    responses: booleanAt(one, 'validateResponseSignature'),
    assertions: booleanAt(one, 'validateAssertionSignature'),
  };
}

const modes = ['DISABLED', 'MONITOR', 'ENFORCE'] as const;

/** The mode in force, which the switch of the feature can overrule. */
export function ipAllowListMode(raw: unknown): (typeof modes)[number] {
  const one = objectOf(raw, 'the IP allow list');
  const mode = enumInAnyCase(one, 'effectiveMode', modes);
  return booleanAt(one, 'featureEnabled') ? mode : 'DISABLED';
}

export function ipAllowListEntry(raw: unknown): string {
  return stringAt(objectOf(raw, 'an entry of the IP allow list'), 'entry');
}
