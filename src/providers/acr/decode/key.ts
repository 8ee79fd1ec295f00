import {
  booleanAt,
  DecodeError,
  enumAt,
  groupsOf,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** Where a key is: the host of its vault and its path there. */
export interface KeyPlace {
  readonly host: string;
  readonly path: string;
}

const keyForm =
  /^https?:\/\/([A-Za-z0-9.-]{1,253}(?::\d{1,5})?)(\/keys\/[A-Za-z0-9-]{1,127}(?:\/[0-9a-f]{1,64})?)\/?$/;

/** Takes a key identifier apart. */
export function keyPlace(identifier: string): KeyPlace {
  const [host, path] = groupsOf(keyForm, identifier);
  if (host !== undefined && path !== undefined) return { host, path };
  throw new DecodeError('keyIdentifier is not the address of a key');
}

/** What a vault answered; not `found`: with status 404. */
export interface KeyAnswer {
  readonly found: boolean;
  readonly body: unknown;
  /** `/keys/NAME`, or with a version. */
  readonly path: string;
}

/** Why a key does not work at an instant (ISO 8601); null: it works. */
export function keyTrouble({ found, body, path }: KeyAnswer, now: string): string | null {
  const answer = objectOf(body, 'the answer');
  if (!found) {
    // Key Vault returns 403 for missing permissions, so 404 KeyNotFound means that the key is gone (Keys_Get).
    enumAt(objectAt(answer, 'error'), 'code', ['KeyNotFound']);
    return 'the key is not there';
  }
  const kid = stringAt(objectAt(answer, 'key'), 'kid').toLowerCase();
  if (!`${kid}/`.includes(`${path.toLowerCase()}/`)) {
    throw new DecodeError('the answer is about another key');
  }
  const attributes = objectAt(answer, 'attributes');
  const instant = Date.parse(now) / 1000;
  if (!booleanAt(attributes, 'enabled')) return 'the key is disabled';
  if (epochAt(attributes, 'exp', instant) <= instant - 1) return 'the key has expired';
  if (epochAt(attributes, 'nbf', instant) > instant) return 'the key is not valid yet';
  return null;
}

/** Seconds since 1970; a key without the field has no such limit. */
function epochAt(attributes: Readonly<Record<string, unknown>>, key: string, none: number): number {
  return attributes[key] === undefined ? none : numberAt(attributes, key);
}
