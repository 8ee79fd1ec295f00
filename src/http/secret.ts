/** A credential that cannot be printed by accident: text, JSON and inspection give `***`. */
export interface Secret {
  readonly [kind]: true;
  readonly toString: () => string;
  readonly toJSON: () => string;
}

const kind: unique symbol = Symbol('secret');
const values = new WeakMap<Secret, string>();
const masked = () => '***';

/** Wraps a credential; only `reveal` returns it. */
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

/** The credential in clear text, only for the wire. */
export function reveal(opaque: Secret): string {
  const value = values.get(opaque);
  if (value === undefined) throw new Error('not a secret of this module');
  return value;
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && values.has(value as Secret);
}
