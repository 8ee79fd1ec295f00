import {
  booleanAt,
  DecodeError,
  instantAt,
  type JsonObject,
  maybeObjects,
  maybeString,
  objectAt,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { Denied, Inconclusive } from '../../facts.ts';
import { dataOf } from './graphql.ts';

/** A tag, and what GitLab says to refer to its image. */
export interface Tag {
  readonly name: string;
  readonly digest: string;
  /** ISO 8601 */
  readonly pushedAt: string;
  readonly mayBeIndex: boolean;
  /** The kinds of what refers to the image. */
  readonly referrers: readonly string[];
}

export interface TagPage {
  readonly tags: readonly Tag[];
  /** Null: this is the last page. */
  readonly next: string | null;
}

export function gid(repository: number): string {
  return `gid://gitlab/ContainerRepository/${repository}`;
}

/** A page of queryTags of the repository with that id. */
export function tagPage(raw: unknown, repository: number): TagPage {
  const data = dataOf(raw);
  if (data['containerRepository'] === null) {
    throw new Denied('GitLab answers null for the repository', 'read_api:reporter');
  }
  const found = objectAt(data, 'containerRepository');
  if (stringAt(found, 'id') !== gid(repository)) {
    throw new DecodeError('the answer is about another repository');
  }
  const connection = objectAt(found, 'tags');
  const info = objectAt(connection, 'pageInfo');
  return {
    tags: objectsAt(connection, 'nodes').map(tag),
    next: booleanAt(info, 'hasNextPage') ? stringAt(info, 'endCursor') : null,
  };
}

function tag(node: JsonObject): Tag {
  const name = stringAt(node, 'name');
  if (node['publishedAt'] === null) {
    throw new Inconclusive(
      `when ${name} was pushed is not told: the registry has no metadata database`,
    );
  }
  const type = maybeString(node, 'mediaType');
  return {
    name,
    digest: stringAt(node, 'digest'),
    pushedAt: instantAt(node, 'publishedAt'),
    mayBeIndex: type === null || /index|manifest\.list/.test(type),
    referrers: maybeObjects(node, 'referrers').map(kindOf),
  };
}

function kindOf(referrer: JsonObject): string {
  const type = maybeString(referrer, 'artifactType');
  return type === null ? 'a referrer of no stated type' : type;
}
