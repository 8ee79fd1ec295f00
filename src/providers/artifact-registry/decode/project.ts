import {
  DecodeError,
  enumAt,
  groupsOf,
  type JsonObject,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';

/** A project under both of its names. */
export interface Project {
  readonly id: string;
  readonly number: string;
}

/** `GET v3/projects/P`. Only an active project is audited; one being deleted answers half of the calls. */
export function project(raw: unknown): Project {
  const answer = objectOf(raw, 'the project');
  enumAt(answer, 'state', ['ACTIVE']);
  const [number] = groupsOf(/^projects\/(\d+)$/, stringAt(answer, 'name'));
  // Perimeters and log buckets name projects by number: a wrong one would find none of its own.
  if (number === undefined) throw new DecodeError('name has no number of a project');
  return { id: stringAt(answer, 'projectId'), number };
}

/** What a project hangs under, nearest first. */
export interface Ancestor {
  readonly kind: 'folder' | 'organization';
  readonly id: string;
}

/** `POST v1/projects/P:getAncestry`: the project itself comes first, an organisation last, if any. */
export function ancestors(raw: unknown): readonly Ancestor[] {
  const [self, ...above] = objectsAt(objectOf(raw, 'the ancestry'), 'ancestor').map((entry) => {
    const resource = objectAt(entry, 'resourceId');
    const kind = enumAt(resource, 'type', ['project', 'folder', 'organization']);
    return { kind, id: stringAt(resource, 'id') };
  });
  if (self === undefined || self.kind !== 'project') throw new Error('the ancestry has no project');
  return above.map(({ kind, id }, index) => {
    if (kind === 'project') throw new Error('the ancestry has a project in a project');
    // Every folder is of an organisation: without it the policies of the rest would go unread.
    if ((kind === 'organization') !== (index === above.length - 1)) {
      throw new Error('the ancestry does not end with an organisation');
    }
    return { kind, id };
  });
}

/** `GET v3/organizations/O`: its display name is the primary domain of its people. */
export function organizationDomain(raw: unknown, organization: string): string {
  const answer = objectOf(raw, 'the organisation');
  enumAt(answer, 'name', [`organizations/${organization}`]);
  return stringAt(answer, 'displayName').toLowerCase();
}

/** `searchAllResources`: an entry of a repository, as project and location. */
export function repositoryPlace(entry: JsonObject): { project: string; location: string } {
  const name = stringAt(entry, 'name');
  const [project, location] = groupsOf(placeForm, name);
  if (project === undefined || location === undefined) {
    throw new Error('name is not that of a repository');
  }
  return { project, location };
}

const placeForm =
  /^\/\/artifactregistry\.googleapis\.com\/projects\/([^/]+)\/locations\/([^/]+)\/repositories\/[^/]+$/;
