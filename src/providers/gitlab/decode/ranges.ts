import { type JsonObject, stringAt } from '../../../decode/fields.ts';
import { Denied } from '../../facts.ts';

/** Address ranges between commas; null and an empty text are none. Throws `Denied` where the field is left out. */
export function rangesAt(holder: JsonObject, key: string, permission: string): readonly string[] {
  if (!(key in holder)) throw new Denied(`GitLab leaves ${key} out`, permission);
  if (holder[key] === null || holder[key] === '') return [];
  const found = stringAt(holder, key).split(',');
  return found.map((range) => range.trim()).filter((range) => range !== '');
}
