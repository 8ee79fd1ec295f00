import type { Learnt } from '../../facts.ts';
import { known } from '../../facts.ts';
import { operations } from '../operations.ts';

/** A fact out of the settings of a repository, which are there already. */
export function listed<T>(decode: () => T): Learnt<T> {
  const name = 'listRepositorySettings';
  return known(name, operations[name].permission, decode);
}
