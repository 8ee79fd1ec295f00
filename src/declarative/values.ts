import { type CelInput, celList, celMap } from '@bufbuild/cel';

/**
 * Converts a JSON value to CEL. Whole numbers become `int`. Objects become maps key by key: the library would
 * treat an object with a key `$typeName` as a message, and fail for a key `constructor`.
 */
export function celValue(value: unknown, spend: (units: number) => void): CelInput {
  spend(0.25);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case 'object': {
      if (value === null) return null;
      if (Array.isArray(value)) return celList(value.map((entry) => celValue(entry, spend)));
      const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
      return celMap(new Map(entries.map(([key, entry]) => [key, celValue(entry, spend)])));
    }
    default:
      throw new Error(`a fact cannot have a value of type ${typeof value}`);
  }
}
