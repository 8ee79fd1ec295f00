import { Ajv, type ValidateFunction } from 'ajv';
import type { TSchema } from '../model/shape.ts';
import { LineError } from './lines.ts';

// Schemas take longer to compile than most files to check; optimising takes longer still and gains nothing.
const ajv = new Ajv({ discriminator: true, strict: false, code: { optimize: false } });

/** In: a schema of the model. Out: the function that checks a value against it. */
export function compiled(schema: TSchema): ValidateFunction {
  return ajv.compile(schema);
}

/** The value, when it is valid; else a `LineError` about `what`. */
export function checked<T>(check: ValidateFunction, value: unknown, what: string): T {
  if (check(value)) return value as T;
  const [error] = check.errors ?? [];
  const where = error?.instancePath ? `${error.instancePath.slice(1).replaceAll('/', '.')} ` : '';
  throw new LineError(`${what} is not valid: ${where}${error?.message ?? ''}`);
}

/** A value as JSON, short enough for a sentence. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}
