import { booleanAt, objectOf, stringAt } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';

export interface ListedRepository {
  readonly name: string;
  readonly publicPull: ValueOf<RepositoryFacts['publicPull']>;
}

/** An entry of the list. Throws `DecodeError` for whatever the API does not document. */
export function listedRepository(raw: unknown): ListedRepository {
  const repository = objectOf(raw, 'a repository');
  const isPublic = booleanAt(repository, 'public');
  return {
    name: stringAt(repository, 'name'),
    publicPull: isPublic ? { mode: 'anyone', how: 'it is public' } : { mode: 'nobody' },
  };
}
