import {
  booleanAt,
  DecodeError,
  enumAt,
  instantAt,
  type JsonObject,
  maybeObjects,
  numberAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';

/** What a robot may do, in one place. */
export interface Permission {
  readonly level: 'system' | 'project';
  /** A project's name, `*` for all of them, `/` for the system. */
  readonly namespace: string;
  /** `resource:action`, either of which may be `*`. */
  readonly allowed: readonly string[];
  /** Taken away again, in the same form. */
  readonly denied: readonly string[];
}

export interface Robot {
  /** In full, with its prefix: `robot$ci`, `robot$shop+ci`. */
  readonly name: string;
  readonly disabled: boolean;
  /** ISO 8601; null: never. */
  readonly expiresAt: string | null;
  readonly createdAt: string;
  /** Null: a robot of before release 2.2, whose permissions are in its token alone. */
  readonly permissions: readonly Permission[] | null;
}

/** Whether it can still sign in at `now` (ISO 8601). */
export function isLive({ disabled, expiresAt }: Robot, now: string): boolean {
  return !disabled && (expiresAt === null || expiresAt > now);
}

/** An entry of ListRobot at that level. */
export function robot(raw: unknown, level: Permission['level']): Robot {
  const entry = objectOf(raw, 'a robot account');
  enumAt(entry, 'level', [level]);
  return {
    name: stringAt(entry, 'name'),
    disabled: booleanAt(entry, 'disable'),
    expiresAt: endOf(entry),
    createdAt: instantAt(entry, 'creation_time'),
    permissions: booleanAt(entry, 'editable')
      ? objectsAt(entry, 'permissions').map(permission)
      : null,
  };
}

/** Seconds since 1970; -1: never. */
function endOf(entry: JsonObject): string | null {
  const seconds = numberAt(entry, 'expires_at');
  if (seconds === -1) return null;
  const date = new Date(seconds * 1000);
  if (seconds < 0 || Number.isNaN(date.getTime())) throw new DecodeError('expires_at is no date');
  return date.toISOString();
}

function permission(raw: JsonObject): Permission {
  const access = maybeObjects(raw, 'access').map(granted);
  const those = (wanted: 'allow' | 'deny') =>
    access.flatMap(({ effect, what }) => (effect === wanted ? [what] : []));
  return {
    level: enumAt(raw, 'kind', ['system', 'project']),
    namespace: stringAt(raw, 'namespace'),
    allowed: those('allow'),
    denied: those('deny'),
  };
}

/** Without an effect it is allowed. */
function granted(access: JsonObject): { effect: 'allow' | 'deny'; what: string } {
  const what = `${stringAt(access, 'resource')}:${stringAt(access, 'action')}`;
  const { effect } = access;
  if (effect === undefined || effect === null || effect === '') return { effect: 'allow', what };
  return { effect: enumAt(access, 'effect', ['allow', 'deny']), what };
}
