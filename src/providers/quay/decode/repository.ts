import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  numberAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** A repository as it is listed. */
export interface ListedRepository {
  readonly name: string;
  readonly isPublic: boolean;
  /** Whether it holds images; others hold what the retired application registry had. */
  readonly holdsImages: boolean;
  readonly raw: JsonObject;
}

/** An entry of the list of a namespace. */
export function listedRepository(raw: unknown, namespace: string): ListedRepository {
  const entry = objectOf(raw, 'a repository');
  if (stringAt(entry, 'namespace').toLowerCase() !== namespace.toLowerCase()) {
    throw new DecodeError('a repository of another namespace is listed');
  }
  return {
    name: stringAt(entry, 'name'),
    isPublic: booleanAt(entry, 'is_public'),
    holdsImages: enumAt(entry, 'kind', ['image', 'application']) === 'image',
    raw: entry,
  };
}

const states = ['NORMAL', 'READ_ONLY', 'MIRROR', 'ORG_MIRROR', 'MARKED_FOR_DELETION'] as const;
export type RepositoryState = (typeof states)[number];

/** Who may push to a repository at all is decided by its state. */
export function stateOf({ raw }: ListedRepository): RepositoryState {
  return enumAt(raw, 'state', states);
}

/** For how many seconds deleted tags of a repository can be brought back. */
export function recoverySeconds(raw: unknown, name: string): number {
  const answer = objectOf(raw, 'the repository');
  if (stringAt(answer, 'name') !== name) {
    throw new DecodeError('the answer is about another repository');
  }
  return numberAt(answer, 'tag_expiration_s');
}
