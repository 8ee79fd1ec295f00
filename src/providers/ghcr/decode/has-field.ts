import type { JsonObject } from '../../../decode/fields.ts';

/** Whether an object has a field, whatever its value. */
export function hasField(holder: JsonObject, name: string): boolean {
  return Object.hasOwn(holder, name);
}
