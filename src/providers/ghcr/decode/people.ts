import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeString,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { hasField } from './has-field.ts';

/** The account of an entry, in lower case. */
export function loginOf(entry: unknown): string {
  return stringAt(objectOf(entry, 'an account'), 'login').toLowerCase();
}

/** What somebody may do in a repository; each level includes those before it (docs, Repository roles). */
export const levels = ['pull', 'triage', 'push', 'maintain', 'admin'] as const;
export type Level = (typeof levels)[number];

export interface Collaborator {
  readonly login: string;
  readonly isMachine: boolean;
  readonly role: string;
  /** Throws for a level that GitHub does not tell. */
  readonly may: (level: Level) => boolean;
}

export function collaborator(entry: unknown): Collaborator {
  const account = objectOf(entry, 'a collaborator');
  const permissions = objectAt(account, 'permissions');
  for (const level of levels) booleanAt(permissions, level);
  return {
    login: loginOf(account),
    isMachine: enumAt(account, 'type', ['User', 'Bot', 'Mannequin']) === 'Bot',
    role: stringAt(account, 'role_name'),
    may: (level) => booleanAt(permissions, level),
  };
}

/** A GitHub App that is installed in an organization. */
export interface Installation {
  readonly app: string;
  readonly suspended: boolean;
  /** The permission by which it can have packages changed; null: none. */
  readonly pushesBy: string | null;
  /** Whether it may administer the organization or make somebody an owner. */
  readonly administers: boolean;
}

export function installation(entry: unknown): Installation {
  const installed = objectOf(entry, 'an installation');
  const permissions = objectAt(installed, 'permissions');
  if (installed['suspended_at'] === undefined) throw new DecodeError('suspended_at is missing');
  return {
    app: stringAt(installed, 'app_slug'),
    suspended: maybeString(installed, 'suspended_at') !== null,
    pushesBy: firstWritten(permissions, pushing),
    administers:
      writes(permissions, 'organization_administration') || writes(permissions, 'members'),
  };
}

/**
 * Packages themselves; the access to the linked repository; and its workflows, whose token may ask for
 * `packages: write` (docs, Permissions required for GitHub Apps).
 */
const pushing = ['packages', 'organization_packages', 'administration', 'workflows'] as const;

function firstWritten(permissions: JsonObject, names: readonly string[]): string | null {
  const written = names.filter((name) => writes(permissions, name));
  return written[0] === undefined ? null : written[0];
}

/** A permission that was not given is left out (docs, List app installations). */
function writes(permissions: JsonObject, name: string): boolean {
  if (!hasField(permissions, name)) return false;
  return enumAt(permissions, name, ['read', 'write', 'admin']) !== 'read';
}
