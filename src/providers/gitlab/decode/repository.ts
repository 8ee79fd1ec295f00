import { DecodeError, instantAt, numberAt, objectOf, stringAt } from '../../../decode/fields.ts';

/** A repository of the registry: `GROUP/PROJECT` or `GROUP/PROJECT/NAME`. */
export interface ListedRepository {
  readonly id: number;
  readonly name: string;
  readonly project: number;
  /** Where clients reach it: `registry.gitlab.com`. */
  readonly host: string;
  /** When its cleanup policy last began to run, ISO 8601; null: it never did. */
  readonly cleanupAt: string | null;
}

/** An entry of the list. Throws `DecodeError` for whatever the API does not document. */
export function listedRepository(raw: unknown): ListedRepository {
  const entry = objectOf(raw, 'a repository');
  const name = stringAt(entry, 'path');
  const location = stringAt(entry, 'location');
  const [host = ''] = location.split('/');
  if (location !== `${host}/${name}` || !/^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(host)) {
    throw new DecodeError('location is not where a registry has the repository');
  }
  const started = entry['cleanup_policy_started_at'];
  return {
    id: numberAt(entry, 'id'),
    name,
    project: numberAt(entry, 'project_id'),
    host,
    cleanupAt:
      started === null || started === undefined
        ? null
        : instantAt(entry, 'cleanup_policy_started_at'),
  };
}
