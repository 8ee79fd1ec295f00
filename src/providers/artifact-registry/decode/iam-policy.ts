import {
  enumAt,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeString,
  maybeStrings,
  objectAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';

/** One grant: a role to members, perhaps under a condition in CEL. */
export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  /** Null: always. */
  readonly condition: string | null;
}

export type LogType = 'ADMIN_READ' | 'DATA_READ' | 'DATA_WRITE';

/** Which accesses of a service are logged, and whose are not. */
export interface AuditConfig {
  readonly service: string;
  readonly type: LogType;
  readonly exempted: readonly string[];
}

export interface IamPolicy {
  readonly bindings: readonly Binding[];
  readonly audit: readonly AuditConfig[];
}

/** Policy of a repository. An empty one means that nothing is granted here, not that nobody has access. */
export function iamPolicy(raw: unknown): IamPolicy {
  const answer = objectOf(raw, 'the policy');
  return {
    bindings: maybeObjects(answer, 'bindings').map(binding),
    audit: maybeObjects(answer, 'auditConfigs').flatMap(auditConfigs),
  };
}

/** Policy of a project, folder or organisation: these always have an etag, even when nothing is granted. */
export function inheritedPolicy(raw: unknown): IamPolicy {
  stringAt(objectOf(raw, 'the policy'), 'etag');
  return iamPolicy(raw);
}

function binding(raw: JsonObject): Binding {
  const condition = maybeObject(raw, 'condition');
  return {
    role: stringAt(raw, 'role'),
    members: stringsAt(raw, 'members'),
    condition: condition === null ? null : stringAt(condition, 'expression'),
  };
}

function auditConfigs(raw: JsonObject): AuditConfig[] {
  const service = stringAt(raw, 'service');
  return maybeObjects(raw, 'auditLogConfigs').map((config) => ({
    service,
    type: enumAt(config, 'logType', ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE']),
    exempted: maybeStrings(config, 'exemptedMembers'),
  }));
}

/** `roles.get`: the permissions of a role. A deleted role grants nothing. */
export function rolePermissions(raw: unknown, role: string): readonly string[] {
  const answer = objectOf(raw, 'the role');
  enumAt(answer, 'name', [role]);
  if (answer['deleted'] === true) return [];
  return stringsAt(answer, 'includedPermissions');
}

/** A user-managed key of a service account. Google gives keys without an end the year 9999. */
export interface AccountKey {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

/** `serviceAccounts.keys.list`: the keys that are not switched off. */
export function accountKeys(raw: unknown, email: string): readonly AccountKey[] {
  const answer = objectOf(raw, 'the keys');
  return maybeObjects(answer, 'keys')
    .filter((key) => key['disabled'] !== true)
    .map((key) => {
      enumAt(key, 'keyType', ['USER_MANAGED']);
      const name = stringAt(key, 'name');
      if (!name.includes(`/serviceAccounts/${email}/keys/`)) {
        throw new Error('the key is of another account');
      }
      const end = maybeString(key, 'validBeforeTime');
      return {
        id: name.slice(name.lastIndexOf('/') + 1),
        createdAt: stringAt(key, 'validAfterTime'),
        expiresAt: end === null || end.startsWith('9999-') ? null : end,
      };
    });
}

/** `activities.query`: when each key last opened anything, by the key's id; absent: not in 90 days. */
export function lastUses(entries: readonly JsonObject[]): ReadonlyMap<string, string> {
  return new Map(
    entries.map((entry) => {
      const name = stringAt(entry, 'fullResourceName');
      const activity = objectAt(entry, 'activity');
      return [name.slice(name.lastIndexOf('/') + 1), stringAt(activity, 'lastAuthenticatedTime')];
    }),
  );
}
