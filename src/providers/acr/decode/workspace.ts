import { DecodeError, numberAt, objectAt, objectOf, stringAt } from '../../../decode/fields.ts';

/** The table of a Log Analytics workspace that holds pushes, pulls and deletions. */
export const repositoryTable = 'ContainerRegistryRepositoryEvents';

/**
 * Tables_Get: days that a table keeps a row, interactive and long-term retention together. Throws when
 * the answer is about another table.
 */
export function tableDays(raw: unknown, table: string): number {
  const answer = objectOf(raw, 'the table');
  const name = stringAt(answer, 'name');
  if (name.toLowerCase() !== table.toLowerCase()) {
    throw new DecodeError(`the table is ${name.slice(0, 60)}, expected ${table}`);
  }
  const days = numberAt(objectAt(answer, 'properties'), 'totalRetentionInDays');
  if (Number.isInteger(days) && days > 0) return days;
  throw new DecodeError('totalRetentionInDays is no number of days');
}
