import {
  type Answer,
  maybeObject,
  maybeObjects,
  maybeText,
  maybeTexts,
  objectAt,
  objectOf,
  textAt,
  textsAt,
  wordAt,
} from '../../../http/answer.ts';

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
  textAt(objectOf(raw, 'the policy'), 'etag');
  return iamPolicy(raw);
}

function binding(raw: Answer): Binding {
  const condition = maybeObject(raw, 'condition');
  return {
    role: textAt(raw, 'role'),
    members: textsAt(raw, 'members'),
    condition: condition === null ? null : textAt(condition, 'expression'),
  };
}

function auditConfigs(raw: Answer): AuditConfig[] {
  const service = textAt(raw, 'service');
  return maybeObjects(raw, 'auditLogConfigs').map((config) => ({
    service,
    type: wordAt(config, 'logType', ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE']),
    exempted: maybeTexts(config, 'exemptedMembers'),
  }));
}

/** `roles.get`: the permissions of a role. A deleted role grants nothing. */
export function rolePermissions(raw: unknown): readonly string[] {
  const answer = objectOf(raw, 'the role');
  textAt(answer, 'name');
  if (answer['deleted'] === true) return [];
  return textsAt(answer, 'includedPermissions');
}

/** A user-managed key of a service account. Google gives keys without an end the year 9999. */
export interface AccountKey {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

/** `serviceAccounts.keys.list`: the keys that are not switched off. */
export function accountKeys(raw: unknown): readonly AccountKey[] {
  const answer = objectOf(raw, 'the keys');
  return maybeObjects(answer, 'keys')
    .filter((key) => key['disabled'] !== true)
    .map((key) => {
      wordAt(key, 'keyType', ['USER_MANAGED']);
      const name = textAt(key, 'name');
      const end = maybeText(key, 'validBeforeTime');
      return {
        id: name.slice(name.lastIndexOf('/') + 1),
        createdAt: textAt(key, 'validAfterTime'),
        expiresAt: end === null || end.startsWith('9999-') ? null : end,
      };
    });
}

/** `activities.query`: when each key last opened anything, by the key's id; absent: not in 90 days. */
export function lastUses(entries: readonly Answer[]): ReadonlyMap<string, string> {
  return new Map(
    entries.map((entry) => {
      const name = textAt(entry, 'fullResourceName');
      const activity = objectAt(entry, 'activity');
      return [name.slice(name.lastIndexOf('/') + 1), textAt(activity, 'lastAuthenticatedTime')];
    }),
  );
}
