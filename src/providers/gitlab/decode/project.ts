import {
  DecodeError,
  enumAt,
  type JsonObject,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { picked } from './picked.ts';

/** A project; its settings are read one by one, so that one bad word blinds one fact. */
export interface Project {
  readonly id: number;
  readonly path: string;
  /** The group that it is in; null: it belongs to a person. */
  readonly group: string | null;
  readonly raw: JsonObject;
}

/** All that is kept of a project: the answer to a maintainer also has a token for its runners. */
const kept = [
  'visibility',
  'container_registry_access_level',
  'container_expiration_policy',
  'shared_with_groups',
];

export function project(raw: unknown): Project {
  const answer = objectOf(raw, 'a project');
  return {
    id: numberAt(answer, 'id'),
    path: stringAt(answer, 'path_with_namespace'),
    group: groupIn(objectAt(answer, 'namespace')),
    raw: picked(answer, kept),
  };
}

/** The project that was asked for. */
export function projectAt(wanted: string): (raw: unknown) => Project {
  return (raw) => {
    const found = project(raw);
    if (found.path.toLowerCase() === wanted.toLowerCase()) return found;
    throw new DecodeError(`the answer is about ${found.path}, and ${wanted} was asked for`);
  };
}

function groupIn(namespace: JsonObject): string | null {
  const kind = enumAt(namespace, 'kind', ['group', 'user']);
  return kind === 'group' ? stringAt(namespace, 'full_path') : null;
}

/**
 * Who besides members can pull (docs, container registry, visibility permissions): of a public project
 * everybody, of an internal one everybody who is signed in, unless its registry is for members alone.
 */
export function openTo({ raw }: Project): 'anyone' | 'signed-in' | 'members' {
  const visibility = enumAt(raw, 'visibility', ['public', 'internal', 'private']);
  const registry = enumAt(raw, 'container_registry_access_level', [
    'enabled',
    'private',
    'disabled',
  ]);
  if (registry !== 'enabled' || visibility === 'private') return 'members';
  return visibility === 'public' ? 'anyone' : 'signed-in';
}
