import {
  arrayAt,
  booleanAt,
  DecodeError,
  type JsonObject,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { Denied, Inconclusive } from '../../facts.ts';

/**
 * The data of an answer of GraphQL. An error beside data makes all of it doubtful: GitLab fills in null
 * where it failed. Throws `Inconclusive` where the release or edition lacks a field, else `DecodeError`.
 */
export function dataOf(raw: unknown): JsonObject {
  const answer = objectOf(raw, 'the answer');
  const errors = answer['errors'];
  if (errors === undefined || errors === null) return objectAt(answer, 'data');
  const [first] = arrayAt(answer, 'errors');
  const message = stringAt(objectOf(first, 'an error'), 'message').slice(0, 200);
  if (/doesn't exist on type/.test(message)) {
    throw new Inconclusive(`this release or edition of GitLab cannot tell: ${message}`);
  }
  throw new DecodeError(`GraphQL: ${message}`);
}

/** The nodes of a connection that is on one page. Null: the caller may not see it. */
export function wholeNodes(
  holder: JsonObject,
  key: string,
  permission: string,
): readonly JsonObject[] {
  if (holder[key] === null) throw new Denied(`GitLab answers null for ${key}`, permission);
  const connection = objectAt(holder, key);
  if (booleanAt(objectAt(connection, 'pageInfo'), 'hasNextPage')) {
    throw new DecodeError(`${key} goes on after its first page`);
  }
  return objectsAt(connection, 'nodes');
}

/** Projects of a batch, by their paths. One that is not in it the caller may not see. */
export function projectsIn(raw: unknown): ReadonlyMap<string, JsonObject> {
  const nodes = objectsAt(objectAt(dataOf(raw), 'projects'), 'nodes');
  return new Map(nodes.map((node) => [stringAt(node, 'fullPath').toLowerCase(), node]));
}
