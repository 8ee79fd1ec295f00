import {
  DecodeError,
  groupsOf,
  instantAt,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeString,
  objectAt,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import { matches } from '../../../model/wildcard.ts';
import { onOff, wordIn } from './words.ts';

/** A password or certificate of a token. */
export interface TokenSecret {
  readonly kind: 'token' | 'certificate';
  readonly name: string;
  readonly createdAt: string | null;
  /** Null: it never ends, which is what an absent expiry means (repository-scoped permissions guide). */
  readonly expiresAt: string | null;
}

export interface Token {
  readonly name: string;
  readonly enabled: boolean;
  /** Lower case, as ids are compared. */
  readonly scopeMapId: string;
  readonly secrets: readonly TokenSecret[];
}

/** An entry of Tokens_List. Without `credentials` no password has been made yet. */
export function token(entry: JsonObject): Token {
  const properties = objectAt(entry, 'properties');
  const credentials = maybeObject(properties, 'credentials');
  return {
    name: stringAt(entry, 'name'),
    enabled: wordIn(properties, 'status', onOff) === 'enabled',
    scopeMapId: stringAt(properties, 'scopeMapId').toLowerCase(),
    secrets:
      credentials === null
        ? []
        : [
            ...maybeObjects(credentials, 'passwords').map((one) => secretOf('token', one)),
            ...maybeObjects(credentials, 'certificates').map((one) => secretOf('certificate', one)),
          ],
  };
}

function secretOf(kind: TokenSecret['kind'], entry: JsonObject): TokenSecret {
  return {
    kind,
    name: stringAt(entry, 'name'),
    createdAt: maybeInstant(entry, 'creationTime'),
    expiresAt: maybeInstant(entry, 'expiry'),
  };
}

function maybeInstant(entry: JsonObject, key: string): string | null {
  return maybeString(entry, key) === null ? null : instantAt(entry, key);
}

type Right = 'pull' | 'push' | 'delete' | 'metadata';

/** What a scope map lets a token do, and where: `*` stands for any run of characters. */
interface Grant {
  readonly repositories: string;
  readonly right: Right;
}

export interface ScopeMap {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** The last words of an action, without slashes: some answers write `contentWrite`, some `content/write`. */
const rights: Readonly<Record<string, Right>> = {
  contentread: 'pull',
  contentwrite: 'push',
  contentdelete: 'delete',
  delete: 'delete',
  metadataread: 'metadata',
  metadatawrite: 'metadata',
};

const actionForm =
  /^repositories\/(.+?)\/(content\/?read|content\/?write|content\/?delete|metadata\/?read|metadata\/?write|delete)$/i;
/** Rights of a connected registry to speak with its parent; they open no repository. */
const gatewayForm = /^gateway\/[^/]+\/(config|message)\/(read|write)$/i;

/** An entry of ScopeMaps_List. */
export function scopeMap(entry: JsonObject): ScopeMap {
  return {
    id: stringAt(entry, 'id').toLowerCase(),
    name: stringAt(entry, 'name'),
    grants: stringsAt(objectAt(entry, 'properties'), 'actions').flatMap(grantsOf),
  };
}

function grantsOf(action: string): Grant[] {
  if (gatewayForm.test(action)) return [];
  const [repositories, words] = groupsOf(actionForm, action);
  const right = words === undefined ? undefined : rights[words.toLowerCase().replace('/', '')];
  if (repositories === undefined || right === undefined) {
    throw new DecodeError(`"${action.slice(0, 60)}" is an action that is not known`);
  }
  return [{ repositories, right }];
}

/** Whether a scope map gives a right in a repository; null: in any. */
export function gives({ grants }: ScopeMap, right: Right, repository: string | null): boolean {
  return grants.some(
    (grant) =>
      grant.right === right && (repository === null || matches(grant.repositories, repository)),
  );
}

/** Whether a scope map reaches every repository, those to come included. */
export function reachesAll({ grants }: ScopeMap): boolean {
  return grants.some(({ repositories }) => matches(repositories, '*'));
}
