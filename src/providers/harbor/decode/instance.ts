import {
  arrayAt,
  booleanAt,
  DecodeError,
  enumAt,
  instantAt,
  type JsonObject,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive } from '../../facts.ts';

export type AuthMode = 'db_auth' | 'ldap_auth' | 'oidc_auth' | 'uaa_auth' | 'http_auth';

/** GetSystemInfo as signed in; read field by field. The mode of sign-in is always there. */
export function systemInfo(raw: unknown): JsonObject {
  const info = objectOf(raw, 'the answer');
  stringAt(info, 'auth_mode');
  return info;
}

export function authMode(info: JsonObject): AuthMode {
  return enumAt(info, 'auth_mode', ['db_auth', 'ldap_auth', 'oidc_auth', 'uaa_auth', 'http_auth']);
}

export function signIn(info: JsonObject): ValueOf<RegistryFacts['signIn']> {
  switch (authMode(info)) {
    case 'db_auth':
      return { mode: 'local', withoutMfa: [] };
    case 'ldap_auth':
      return { mode: 'central', through: 'LDAP' };
    case 'oidc_auth':
      return { mode: 'central', through: `OIDC (${stringAt(info, 'oidc_provider_name')})` };
    case 'uaa_auth':
      return { mode: 'central', through: 'UAA' };
    case 'http_auth':
      return { mode: 'central', through: 'an authentication proxy' };
  }
}

/** Only accounts of the instance itself can be made by strangers. */
export function selfRegistration(info: JsonObject): ValueOf<RegistryFacts['selfRegistration']> {
  const allowed = booleanAt(info, 'self_registration');
  if (authMode(info) !== 'db_auth' || !allowed) return { mode: 'off' };
  return { mode: 'on', how: 'the sign-in page offers it' };
}

export function projectCreation(info: JsonObject): ValueOf<RegistryFacts['projectCreation']> {
  const who = enumAt(info, 'project_creation_restriction', ['everyone', 'adminonly']);
  return who === 'adminonly'
    ? { mode: 'limited', to: 'administrators alone' }
    : { mode: 'open', to: 'everyone who can sign in' };
}

/** GetConfigurations; each item is `{"value": …, "editable": …}`. */
export function configuration(raw: unknown): JsonObject {
  return objectOf(raw, 'the answer');
}

type TextItem =
  | 'ldap_url'
  | 'ldap_group_admin_dn'
  | 'oidc_endpoint'
  | 'oidc_admin_group'
  | 'uaa_endpoint'
  | 'http_authproxy_endpoint'
  | 'http_authproxy_tokenreview_endpoint'
  | 'http_authproxy_admin_groups'
  | 'http_authproxy_admin_usernames'
  | 'audit_log_forward_endpoint';

/** A text of the configuration; empty when it is not set. Its absence is no emptiness. */
export function textItem(settings: JsonObject, key: TextItem): string {
  const { value } = objectAt(settings, key);
  if (typeof value === 'string') return value.trim();
  throw new DecodeError(`${key} has no text as value`);
}

type FlagItem =
  | 'ldap_verify_cert'
  | 'oidc_verify_cert'
  | 'uaa_verify_cert'
  | 'http_authproxy_verify_cert'
  | 'skip_audit_log_database';

export function flagItem(settings: JsonObject, key: FlagItem): boolean {
  return booleanAt(objectAt(settings, key), 'value');
}

/** Event types that are not recorded, in lower case. The setting came with release 2.13. */
export function disabledEvents(settings: JsonObject): readonly string[] {
  if (settings['disabled_audit_log_event_types'] === undefined) {
    throw new Inconclusive('releases before 2.13 do not tell which events they record');
  }
  const { value } = objectAt(settings, 'disabled_audit_log_event_types');
  if (typeof value !== 'string') throw new DecodeError('the disabled event types are no text');
  return value
    .split(',')
    .map((event) => event.trim().toLowerCase())
    .filter((event) => event !== '');
}

/** When the newest record of a pull was made, ISO 8601; null: there is none. */
export function newestPull(raw: unknown): string | null {
  const [record] = arrayAt({ records: raw }, 'records');
  if (record === undefined) return null;
  const entry = objectOf(record, 'a record');
  enumAt(entry, 'operation', ['pull']);
  return instantAt(entry, 'op_time');
}

/** GetSystemInfo `harbor_version`: `v2.13.1-1a2b3c4d`. */
export function release(info: JsonObject): { version: string; minor: number } {
  const text = stringAt(info, 'harbor_version');
  const found = /^v?(\d{1,3})\.(\d{1,3})\.\d{1,3}(?:[-.+]|$)/.exec(text);
  if (found === null) throw new Inconclusive(`"${text.slice(0, 60)}" is no release of Harbor`);
  const [, major, minor] = found;
  if (major !== '2' && major !== '1') throw new DecodeError(`Harbor ${major} is not known`);
  const [version = text] = text.replace(/^v/, '').split('-');
  return { version, minor: major === '1' ? 0 : Number(minor) };
}

/** Whether nothing can be changed or deleted at all. */
export function readOnly(info: JsonObject): boolean {
  return booleanAt(info, 'read_only');
}

/** Where clients are told to find it. */
export function externalUrl(info: JsonObject): string {
  return stringAt(info, 'external_url');
}
