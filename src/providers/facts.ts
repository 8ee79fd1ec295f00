import type { AnyFact, Fact, Known, Source, Unknown, ValueOf, Why } from '../model/fact.ts';
import type { Operation } from './contract.ts';

/** Thrown by a decoder when the vendor's answer is understood and says that it is not known. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
}

/** How an adapter reads the errors of its client: the code to look up in `means`, and a sentence. */
export interface ErrorReader {
  readonly codeOf: (error: unknown) => string;
  readonly detailOf: (error: unknown) => string;
}

/**
 * The only road from a call to a fact. `decode` gets null when the API says "not configured" and
 * throws on what it does not recognise; `Inconclusive` when the vendor itself does not know.
 */
export async function ask<T>(
  name: string,
  operation: Operation,
  errors: ErrorReader,
  call: () => Promise<unknown>,
  decode: (raw: unknown) => T,
): Promise<Fact<T>> {
  const from = sourceOf(name, operation);
  let raw: unknown = null;
  try {
    raw = await call();
  } catch (error) {
    const why = operation.means[errors.codeOf(error)] ?? 'unreachable';
    if (why !== 'absent') {
      return { state: 'unknown', why, from: { ...from, detail: errors.detailOf(error) } };
    }
  }
  return settle(
    () => from,
    () => decode(raw),
  );
}

/** A fact out of an answer that is there already: what `ask` does after its call. */
export function known<T>(operation: string, permission: string, decode: () => T): Fact<T> {
  return settle(() => withPermission(operation, permission), decode);
}

/** Joins facts into one. Unknown if any is unknown; else unsupported if any is; else `value`'s answer. */
export function join<const F extends readonly AnyFact[], T>(
  facts: F,
  value: (...values: { [K in keyof F]: ValueOf<F[K]> }) => T,
): Fact<T> {
  for (const fact of facts) if (fact.state === 'unknown') return fact;
  for (const fact of facts) if (fact.state === 'unsupported') return fact;
  const known = facts as readonly Known<unknown>[];
  return settle(
    () => joinedSource(known),
    () => value(...(known.map((fact) => fact.value) as never)),
  );
}

const joined = new Map<string, Source>();

/** One source for the same operations: a scan joins the same few facts for every repository. */
function joinedSource(facts: readonly Known<unknown>[]): Source {
  const [first] = facts;
  if (facts.length === 1 && first !== undefined) return first.from;
  const key = facts.map(({ from }) => from.operation).join(' + ');
  let source = joined.get(key);
  if (source === undefined) {
    source = { operation: [...new Set(key.split(' + '))].join(' + ') };
    joined.set(key, source);
  }
  return source;
}

function settle<T>(from: () => Source, value: () => T): Fact<T> {
  try {
    return { state: 'known', value: value(), from: from() };
  } catch (error) {
    const why = error instanceof Inconclusive ? 'inconclusive' : 'undecodable';
    const detail = error instanceof Error ? error.message : String(error);
    return { state: 'unknown', why, from: { ...from(), detail } };
  }
}

const sources = new WeakMap<Operation, Source>();

/** The source of what an operation answers; one object per operation. */
function sourceOf(name: string, operation: Operation): Source {
  let source = sources.get(operation);
  if (source === undefined) {
    source = withPermission(name, operation.permission);
    sources.set(operation, source);
  }
  return source;
}

function withPermission(operation: string, permission: string): Source {
  return permission === '' ? { operation } : { operation, permission };
}

/** A fact nobody asked for, or whose call was cut short. */
export function unknown(why: Why, operation: string, detail: string): Unknown {
  return { state: 'unknown', why, from: { operation, detail } };
}
