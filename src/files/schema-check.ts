import { Ajv, type ValidateFunction } from 'ajv';
import type { TSchema } from '../model/shape.ts';
import { LineError } from './lines.ts';

// Compiling a schema takes longer than checking most files; optimising it would take longer still.
const ajv = new Ajv({ discriminator: true, strict: false, code: { optimize: false } });

/** Compiles a schema of the model to a validator. */
export function compiled(schema: TSchema): ValidateFunction {
  return ajv.compile(schema);
}

/** Returns a valid value; else throws a `LineError` about `what`. */
export function checked<T>(check: ValidateFunction, value: unknown, what: string): T {
  if (check(value)) return value as T;
  const [error] = check.errors ?? [];
  const where = error?.instancePath ? `${error.instancePath.slice(1).replaceAll('/', '.')} ` : '';
  throw new LineError(`${what} is not valid: ${where}${error?.message ?? ''}`);
}

/** A value as short JSON, for a sentence. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}
