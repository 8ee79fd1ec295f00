import {
  type AnyFact,
  type Fact,
  type Known,
  type ResponseWhy,
  type Source,
  type Unknown,
  unknownFor,
  type ValueOf,
} from '../model/fact.ts';
import type { Operation } from './contract.ts';
import { inputHash } from './input-hash.ts';
import { Unlearnt } from './unlearnt.ts';

export { Denied, Inconclusive, Pending, Unreachable } from './unlearnt.ts';

/** How an adapter reads the errors of its client: the code to look up in `means`, and a sentence. */
export interface ErrorReader {
  readonly codeOf: (error: unknown) => string;
  readonly detailOf: (error: unknown) => string;
  /** What helps against this very error, where a `Cause` only says so in general; null: nothing more is known. */
  readonly cureOf?: (error: unknown) => string | null;
}

/** What a call and its answer can tell: never that the platform cannot have a control. */
export type Learnt<T> = Known<T> | Unknown;

/**
 * The only road from a call to a fact. `decode` gets null when the API says "not configured" and
 * throws on what it does not recognise; an `Unlearnt` error when the response is understood and
 * does not settle the fact.
 */
export async function ask<T>(
  name: string,
  operation: Operation,
  errors: ErrorReader,
  call: () => Promise<unknown>,
  decode: (raw: unknown) => T,
): Promise<Learnt<T>> {
  const from = sourceOf(name, operation);
  let raw: unknown = null;
  try {
    raw = await call();
  } catch (error) {
    const meant = operation.means[errors.codeOf(error)] ?? 'unreachable';
    if (meant !== 'absent') {
      const detail = errors.detailOf(error);
      if (typeof meant === 'string')
        return { state: 'unknown', why: meant, from: { ...from, detail } };
      const cure = errors.cureOf?.(error) ?? meant.cure;
      return { state: 'unknown', why: meant.why, from: { ...from, detail, cure } };
    }
  }
  return settle(
    () => from,
    () => raw,
    () => decode(raw),
  );
}

/** Entries page by page; ends with null, or with what is wrong with the paging. */
export type Pages<E = unknown> = AsyncGenerator<readonly E[], Error | null>;

/** Turns the calls of one API into facts. What is not among its operations cannot be called. */
export interface Asks<O extends string> {
  /** One call; `decode` gets null when the operation says "not configured". */
  readonly one: <T>(
    name: O,
    call: () => Promise<unknown>,
    decode: (raw: unknown) => T,
  ) => Promise<Learnt<T>>;
  /** Every page of a listing; one that is "not configured" has no entries. */
  readonly all: <E, T>(
    name: O,
    pages: () => Pages<E>,
    decode: (entries: readonly E[]) => T,
  ) => Promise<Learnt<T>>;
  /** Page by page; ends after the first that is not known. */
  readonly pages: <E, T>(
    name: O,
    pages: () => Pages<E>,
    decode: (entries: readonly E[]) => readonly T[],
  ) => AsyncGenerator<Learnt<readonly T[]>>;
}

export function asksOf<const O extends string>(
  operations: Readonly<Record<O, Operation>>,
  errors: ErrorReader,
): Asks<O> {
  return {
    one: (name, call, decode) => ask(name, operations[name], errors, call, decode),
    all: (name, pages, decode) =>
      ask(
        name,
        operations[name],
        errors,
        () => everyEntry(pages()),
        (raw) => decode(raw === null ? [] : (raw as Parameters<typeof decode>[0])),
      ),
    pages: (name, pages, decode) =>
      eachPage(pages(), (next, page) => ask(name, operations[name], errors, next, page), decode),
  };
}

async function everyEntry<E>(pages: Pages<E>): Promise<readonly E[]> {
  const all: E[] = [];
  for (;;) {
    const step = await pages.next();
    if (!step.done) for (const entry of step.value) all.push(entry);
    else if (step.value === null) return all;
    else throw step.value;
  }
}

async function* eachPage<E, T>(
  pages: Pages<E>,
  asked: <P>(next: () => Promise<unknown>, page: (raw: unknown) => P) => Promise<Learnt<P>>,
  decode: (entries: readonly E[]) => readonly T[],
): AsyncGenerator<Learnt<readonly T[]>> {
  for (;;) {
    const page = await asked(
      () => pages.next(),
      (raw) => {
        if (raw === null) return null;
        const step = raw as Awaited<ReturnType<typeof pages.next>>;
        if (step.done !== true) return { entries: decode(step.value) };
        if (step.value !== null) throw step.value;
        return null;
      },
    );
    if (page.state !== 'known') {
      yield page;
      return;
    }
    if (page.value === null) return;
    yield { ...page, value: page.value.entries };
  }
}

/**
 * A fact out of an answer that is there already: what `ask` does after its call. `input`: what `decode`
 * looks at; without it an inconclusive fact cannot be adopted into a baseline.
 */
export function known<T>(
  operation: string,
  permission: string,
  decode: () => T,
  input?: unknown,
): Learnt<T> {
  return settle(
    () => withPermission(operation, permission),
    () => input,
    decode,
  );
}

/**
 * Joins facts into one. Unknown, with every reason, if any is unknown or known in part; else unsupported
 * if any is; else `value`'s answer.
 */
export function join<const F extends readonly Learnt<unknown>[], T>(
  facts: F,
  value: (...values: { [K in keyof F]: ValueOf<F[K]> }) => T,
): Learnt<T>;
export function join<const F extends readonly AnyFact[], T>(
  facts: F,
  value: (...values: { [K in keyof F]: ValueOf<F[K]> }) => T,
): Fact<T>;
export function join<const F extends readonly AnyFact[], T>(
  facts: F,
  value: (...values: { [K in keyof F]: ValueOf<F[K]> }) => T,
): Fact<T> {
  const missing = unknownFor(
    facts.flatMap((fact) => {
      if (fact.state === 'partial') return fact.missing;
      return fact.state === 'unknown' ? [fact] : [];
    }),
  );
  if (missing !== null) return missing;
  for (const fact of facts) if (fact.state === 'unsupported') return fact;
  const known = facts as readonly Known<unknown>[];
  const values = known.map((fact) => fact.value);
  return settle(
    () => joinedSource(known),
    () => values,
    () => value(...(values as never)),
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

function settle<T>(from: () => Source, input: () => unknown, value: () => T): Learnt<T> {
  try {
    return { state: 'known', value: value(), from: from() };
  } catch (error) {
    return unlearnt(error, from(), input());
  }
}

/** What an error of a decoder means. `input`: what it looked at. */
export function unlearnt(error: unknown, from: Source, input: unknown): Unknown {
  const detail = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Unlearnt))
    return { state: 'unknown', why: 'undecodable', from: { ...from, detail } };
  const { why, permission, cure } = error;
  const grant = {
    ...(permission === undefined ? {} : { permission }),
    ...(cure === undefined ? {} : { cure }),
  };
  const hash = why === 'inconclusive' && input !== undefined ? { input: inputHash(input) } : {};
  return { state: 'unknown', why, from: { ...from, detail, ...grant, ...hash } };
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

/** A fact nobody asked for, or whose call was cut short. `permission`: what would have to be granted. */
export function unknown(
  why: ResponseWhy,
  operation: string,
  detail: string,
  permission = '',
): Unknown {
  return { state: 'unknown', why, from: { ...withPermission(operation, permission), detail } };
}
