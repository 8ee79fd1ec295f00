import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeString,
  objectAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { lockOf } from '../rules/tag-rules.ts';
import { countAt } from './count.ts';

/** One entry of the list of repositories. */
export interface ListedRepository {
  readonly name: string;
  readonly isPrivate: boolean;
  /** A plugin is no container image. What is of a type that is not known cannot be told apart. */
  readonly holds: 'images' | 'plugin' | { readonly unknownType: string };
}

/**
 * A repository without a type is one of images: the field is younger than most repositories. Docker's
 * own clients know plugins under two names (docker/hub-mcp, src/repos.ts).
 */
export function listedRepository(entry: JsonObject): ListedRepository {
  const type = maybeString(entry, 'repository_type');
  return {
    name: stringAt(entry, 'name'),
    isPrivate: booleanAt(entry, 'is_private'),
    holds: type === null ? 'images' : heldIn(type),
  };
}

function heldIn(type: string): ListedRepository['holds'] {
  switch (type) {
    case 'image':
      return 'images';
    case 'plugin':
    case 'docker engine plugin':
      return 'plugin';
    default:
      return { unknownType: type.slice(0, 60) };
  }
}

export interface RepositoryDetail {
  readonly raw: JsonObject;
}

/** Throws unless the answer is about the repository that was asked for. */
export function repositoryDetail(raw: unknown, asked: RepositoryName): RepositoryDetail {
  const detail = objectOf(raw, 'the repository');
  const about = `${stringAt(detail, 'namespace')}/${stringAt(detail, 'name')}`.toLowerCase();
  if (about === `${asked.namespace}/${asked.repository}`.toLowerCase()) return { raw: detail };
  throw new DecodeError(`the answer is about the repository ${about.slice(0, 120)}`);
}

export interface RepositoryName {
  readonly namespace: string;
  readonly repository: string;
}

/**
 * Which tags are locked. No rules: all, `latest` among them (docs, immutable tags). The list of
 * repositories lacks the field, so that its absence never means "off". `productionTags`: see `lockOf`.
 */
export function tagLock({ raw }: RepositoryDetail, productionTags: readonly string[]): TagLock {
  const settings = objectAt(raw, 'immutable_tags_settings');
  const rules = stringsAt(settings, 'rules');
  if (!booleanAt(settings, 'enabled')) return { mode: 'none' };
  return rules.length === 0 ? { mode: 'all' } : lockOf(rules, productionTags);
}

/** Only repositories of an account can have collaborators; who they are is not told. */
export function collaborators({ raw }: RepositoryDetail): number {
  return countAt(raw, 'collaborator_count');
}

export interface TeamGrant {
  readonly team: string;
  readonly permission: 'read' | 'write' | 'admin';
}

export function teamGrants(entries: readonly JsonObject[]): readonly TeamGrant[] {
  return entries.map((entry) => ({
    team: stringAt(entry, 'group_name'),
    permission: enumAt(entry, 'permission', ['read', 'write', 'admin']),
  }));
}
