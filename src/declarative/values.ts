import { type CelInput, celList, celMap } from '@bufbuild/cel';

/**
 * A JSON value as CEL has it. Whole numbers are `int`. Objects become maps key by key: the library would
 * take one with a key `$typeName` for a message, and stumble over one with a key `constructor`.
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
      throw new Error(`a ${typeof value} is no value of a fact`);
  }
}
