import {
  booleanAt,
  DecodeError,
  enumAt,
  instantAt,
  type JsonObject,
  maybeObject,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';

export const visibilities = ['public', 'private', 'internal'] as const;
export type Visibility = (typeof visibilities)[number];

/** The repository of source code that a package is linked to. */
export interface LinkedRepository {
  readonly id: number;
  /** `acme/app` */
  readonly fullName: string;
  readonly isPrivate: boolean;
}

export interface Package {
  readonly name: string;
  /** Throws for a word that GitHub does not document. */
  readonly visibility: () => Visibility;
  readonly versionCount: number;
  /** Null: it is linked to none, which GitHub says by leaving the field out. */
  readonly repository: LinkedRepository | null;
}

/** An entry of the list of packages of an owner. Throws for what is of another owner or type. */
export function packageOf(
  entry: unknown,
  { owner, type }: { readonly owner: string; readonly type: 'container' | 'docker' },
): Package {
  const found = objectOf(entry, 'a package');
  enumAt(found, 'package_type', [type]);
  const of = maybeObject(found, 'owner');
  if (of !== null && stringAt(of, 'login').toLowerCase() !== owner) {
    throw new DecodeError('the package is of another owner');
  }
  return {
    name: stringAt(found, 'name'),
    // The description has two words here and three in the filter of the same call.
    visibility: () => enumAt(found, 'visibility', visibilities),
    versionCount: numberAt(found, 'version_count'),
    repository: linkedTo(maybeObject(found, 'repository')),
  };
}

function linkedTo(repository: JsonObject | null): LinkedRepository | null {
  if (repository === null) return null;
  const fullName = stringAt(repository, 'full_name');
  if (!/^[^/]+\/[^/]+$/.test(fullName)) throw new DecodeError('full_name is no OWNER/NAME');
  return {
    id: numberAt(repository, 'id'),
    fullName,
    isPrivate: booleanAt(repository, 'private'),
  };
}

/** One version of a package, which is a manifest. */
export interface Version {
  readonly digest: string;
  readonly tags: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
}

export function versionOf(entry: unknown): Version {
  const version = objectOf(entry, 'a version');
  const digest = stringAt(version, 'name');
  if (!/^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/.test(digest)) {
    throw new DecodeError('the name of a version is no digest');
  }
  return {
    digest,
    tags: stringsAt(objectAt(objectAt(version, 'metadata'), 'container'), 'tags'),
    createdAt: instantAt(version, 'created_at'),
  };
}
