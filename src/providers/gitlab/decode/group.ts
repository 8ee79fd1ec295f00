import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  numberAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { level } from './levels.ts';
import { picked } from './picked.ts';
import { rangesAt } from './ranges.ts';

/** A group; its settings are read one by one, so that one bad word blinds one fact. */
export interface Group {
  readonly path: string;
  readonly raw: JsonObject;
}

/** All that is kept of a group: the answer to an owner also has a token for its runners. */
const kept = [
  'visibility',
  'require_two_factor_authentication',
  'two_factor_grace_period',
  'ip_restriction_ranges',
  'project_creation_level',
  'shared_with_groups',
];

export function group(raw: unknown): Group {
  const answer = objectOf(raw, 'a group');
  numberAt(answer, 'id');
  return { path: stringAt(answer, 'full_path'), raw: picked(answer, kept) };
}

/** The group that was asked for; GitLab answers for another one where it was renamed. */
export function groupAt(wanted: string): (raw: unknown) => Group {
  return (raw) => {
    const found = group(raw);
    if (found.path.toLowerCase() === wanted.toLowerCase()) return found;
    throw new DecodeError(`the answer is about ${found.path}, and ${wanted} was asked for`);
  };
}

/** From the outermost group to this one: `a/b` is within `a`. */
export function lineOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

export function topOf(path: string): string {
  return path.split('/')[0] as string;
}

/** Hours within which a new member may do without the second factor; null: it is not required. */
export function twoFactorGrace({ raw }: Group): number | null {
  const required = booleanAt(raw, 'require_two_factor_authentication');
  const hours = numberAt(raw, 'two_factor_grace_period');
  return required ? hours : null;
}

/** The field is left out where the plan lacks it or the caller is no owner (docs, Groups API). */
export function ipRanges({ raw }: Group): readonly string[] {
  return rangesAt(raw, 'ip_restriction_ranges', 'Premium, and the role owner');
}

/** Who may create projects, and with the first push repositories (docs, Groups API). */
const creators = {
  noone: 'nobody',
  owner: 'owners of the group',
  maintainer: 'maintainers and owners of the group',
  developer: 'developers, maintainers and owners of the group',
  administrator: 'administrators of the instance',
} as const;

export function projectCreators({ raw }: Group): string {
  const words = Object.keys(creators) as (keyof typeof creators)[];
  return creators[enumAt(raw, 'project_creation_level', words)];
}

/** A group that all of another group, or one project of it, is shared with. */
export interface Share {
  readonly group: string;
  readonly level: number;
}

/** `shared_with_groups` of a group or project: those that the caller may see. */
export function sharesOf(raw: JsonObject): readonly Share[] {
  return objectsAt(raw, 'shared_with_groups').map((entry) => ({
    group: stringAt(entry, 'group_full_path'),
    level: level(entry, 'group_access_level'),
  }));
}
