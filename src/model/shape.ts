import { type Static, type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox';

/**
 * Building blocks of the model's schemas. One definition gives the TypeScript type, the ajv validator and
 * the published JSON Schema. typebox is the only package that the model may import.
 */

type ModeUnion<M extends Record<string, TProperties>> = {
  [K in keyof M & string]: { mode: K } & Static<TObject<M[K]>>;
}[keyof M & string];

/**
 * The schema of a union discriminated by `mode`. In: the further fields of each mode. Every mode is a closed
 * branch; an unlisted mode is invalid.
 */
export function modes<const M extends Record<string, TProperties>>(
  branches: M,
  description: string,
) {
  return Type.Unsafe<ModeUnion<M>>({
    type: 'object',
    description,
    discriminator: { propertyName: 'mode' },
    required: ['mode'],
    oneOf: Object.entries(branches).map(([mode, fields]) =>
      record({ mode: Type.Literal(mode), ...fields }),
    ),
  });
}

/** A closed object: an unlisted key is invalid. */
export function record<P extends TProperties>(fields: P, description?: string): TObject<P> {
  return Type.Object(fields, {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });
}

/** A string enum. */
export function word<const W extends readonly string[]>(words: W, description?: string) {
  return Type.Unsafe<W[number]>({
    type: 'string',
    enum: [...words],
    ...(description === undefined ? {} : { description }),
  });
}

export const text = Type.String();
export const texts = Type.Array(Type.String());
/** An instant as ISO 8601 in UTC. */
export const instant = Type.String();
export const instantOrNever = Type.Unsafe<string | null>({ type: ['string', 'null'] });
export const textOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'] });
export const count = Type.Integer({ minimum: 0 });
export const list = <S extends TSchema>(item: S, description?: string) =>
  Type.Array(item, description === undefined ? {} : { description });
/** The deeply readonly form of a schema's type. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;
export { type Static, type TSchema, Type };
