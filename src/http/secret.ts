/** A credential that cannot be printed by accident: text, JSON and inspection all give `***`. */
export interface Secret {
  readonly [kind]: true;
  readonly toString: () => string;
  readonly toJSON: () => string;
}

const kind: unique symbol = Symbol('secret');
const values = new WeakMap<Secret, string>();
const masked = () => '***';

/** In: a credential in clear. Out: its opaque form; only `reveal` gives it back. */
export function secret(value: string): Secret {
  const opaque = Object.freeze({
    [kind]: true as const,
    toString: masked,
    toJSON: masked,
    [Symbol.for('nodejs.util.inspect.custom')]: masked,
  });
  values.set(opaque, value);
  return opaque;
}

/** The credential in clear, for the wire alone. */
export function reveal(opaque: Secret): string {
  const value = values.get(opaque);
  if (value === undefined) throw new Error('this is no secret of ours');
  return value;
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && values.has(value as Secret);
}
