import { type CelError, type CelInput, celEnv, isCelError, plan } from '@bufbuild/cel';
import type { Expectations } from '../model/expectations.ts';
import { parsed } from './expression.ts';
import { infer } from './infer.ts';
import { type Meter, meter } from './meter.ts';
import { metered, meteredFunctions, nodesOf } from './metered.ts';
import { tested } from './pattern.ts';
import { kinds, string, type Type, timestamp, typeText } from './types.ts';
import { celValue } from './values.ts';

type Known = Readonly<Record<string, unknown>>;

/**
 * Evaluates a condition. In: the values of facts. Throws an `Error` for a missing field, a computation that
 * fails, or a condition that is too expensive.
 */
export type Condition = (known: Known, expected: Expectations) => boolean;

/** In: a condition in CEL, and the types of its names besides `now` and `repository`. */
export type CompileCondition = (text: string, names: ReadonlyMap<string, Type>) => Condition;

/** Compiles conditions with a shared budget. */
export function conditions(budget: Meter = meter()): CompileCondition {
  const { spend } = budget;
  const env = celEnv({
    funcs: meteredFunctions(budget),
    re2: { compile: (pattern) => ({ test: (text) => tested(pattern, text, spend) }) },
  });
  const instant = plan(env, parsed('timestamp(text)'));
  const values = new WeakMap<object, CelInput>();
  const converted = (value: unknown): CelInput => {
    if (typeof value !== 'object' || value === null) return celValue(value, spend);
    const before = values.get(value);
    if (before !== undefined) return before;
    const made = celValue(value, spend);
    values.set(value, made);
    return made;
  };
  return (text, names) => {
    const expr = parsed(text);
    const type = infer(expr, {
      names: new Map([...names, ['now', timestamp], ['repository', string]]),
      depth: 0,
    });
    const found = kinds(type);
    if (found === null || [...found].some((kind) => kind !== 'boolean'))
      throw new Error(`a condition must be of type bool, this one is ${typeText(type)}`);
    const evaluate = plan(env, metered(expr));
    const steps = nodesOf(expr);
    return (known, expected) =>
      budget.run(expected, () => {
        spend(steps);
        const bindings: Record<string, CelInput> = { repository: expected.repository };
        for (const name of names.keys())
          bindings[name] = converted(name === 'expected' ? expected : known[name]);
        bindings['now'] = result(instant({ text: expected.now }));
        const holds = result(quietly(() => evaluate(bindings)));
        if (typeof holds === 'boolean') return holds;
        throw new Error('the condition is neither true nor false');
      });
  };
}

/** Returns the value or throws the error: in CEL, errors are values. */
function result<T>(value: T | CelError): T {
  if (isCelError(value)) throw new Error(value.message);
  return value;
}

/** Disables stack traces: a list of 10^5 entries can create as many errors, and the traces would take seconds. */
function quietly<T>(work: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = before;
  }
}
