import {
  appended,
  type Call,
  type Comprehension,
  condition,
  type Expr,
  pathText,
} from './expression.ts';
import { functions, methods } from './functions.ts';
import { boolean, entriesOf, fieldOf, listOf, number, type Type, union } from './types.ts';

/** The names that an expression can use, and its nesting in macros. */
export interface Scope {
  readonly names: ReadonlyMap<string, Type>;
  readonly depth: number;
}

const deepest = 2;

/**
 * Infers the type of an expression. Throws an `Error` for an unknown name, a wrong type or an unsupported
 * construct: a condition that loads can fail only because of a value, never because of a name.
 */
export function infer({ exprKind: kind }: Expr, scope: Scope): Type {
  switch (kind.case) {
    case 'constExpr':
      return constantType(kind.value.constantKind);
    case 'identExpr': {
      const type = scope.names.get(kind.value.name);
      if (type !== undefined) return type;
      const known = [...scope.names.keys()].filter((name) => !name.startsWith('@'));
      throw new Error(`there is no "${kind.value.name}" here; known are ${known.join(', ')}`);
    }
    case 'selectExpr': {
      const { operand, field, testOnly } = kind.value;
      const type = fieldOf(infer(present(operand), scope), field);
      if (type === undefined)
        throw new Error(`there is no field "${field}" in ${pathText(present(operand))}`);
      return testOnly ? boolean : type;
    }
    case 'listExpr':
      return listOf(union(kind.value.elements.map((element) => infer(element, scope))));
    case 'structExpr':
      if (kind.value.messageName !== '')
        throw new Error(`${kind.value.messageName}{…} is not offered`);
      for (const { keyKind, value } of kind.value.entries) {
        if (keyKind.case === 'mapKey') infer(keyKind.value, scope);
        infer(present(value), scope);
      }
      return [{ type: 'object', additionalProperties: {} }];
    case 'callExpr':
      return callType(kind.value, scope);
    case 'comprehensionExpr':
      return macroType(kind.value, scope);
    default:
      throw new Error('the condition has a part that is not offered');
  }
}

function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the condition is incomplete');
  return part;
}

type Constant = Extract<Expr['exprKind'], { case: 'constExpr' }>['value']['constantKind'];

function constantType(constant: Constant): Type {
  switch (constant.case) {
    case 'boolValue':
      return boolean;
    case 'int64Value':
    case 'doubleValue':
      return number;
    case 'stringValue':
      return [{ const: constant.value }];
    case 'nullValue':
      return [{ type: 'null' }];
    default:
      throw new Error('literals are true, false, null, numbers and strings');
  }
}

function callType({ function: name, target, args }: Call, scope: Scope): Type {
  const all = target === undefined ? args : [target, ...args];
  const types = all.map((arg) => infer(arg, scope));
  const known = functions.get(name);
  if (known === undefined) throw new Error(`there is no function "${name}"`);
  if (name !== 'size' && methods.has(name) !== (target !== undefined))
    throw new Error(methods.has(name) ? `write x.${name}(…)` : `write ${name}(…)`);
  return known(types, all);
}

function macroType(macro: Comprehension, { names, depth }: Scope): Type {
  if (depth === deepest) throw new Error(`macros nest at most ${deepest} deep`);
  const { iterVar, iterVar2, accuVar, iterRange, accuInit, loopStep, result } = macro;
  if (iterVar2 !== '') throw new Error('macros take one variable');
  if (names.has(iterVar)) throw new Error(`the name "${iterVar}" is taken; choose another one`);
  const range = present(iterRange);
  const item = entriesOf(infer(range, { names, depth }));
  if (item === undefined) throw new Error(`${pathText(range)} is no list`);
  const inner = (accumulated: Type): Scope => ({
    names: new Map([...names, [iterVar, item], [accuVar, accumulated]]),
    depth: depth + 1,
  });
  const addition = appended(macro);
  if (addition !== undefined) {
    const filter = condition(macro);
    const scope = inner(null);
    if (filter !== undefined) functions.get('!_')?.([infer(filter, scope)], [filter]);
    return listOf(infer(addition, scope));
  }
  const accumulated = infer(present(accuInit), { names, depth });
  infer(present(loopStep), inner(accumulated));
  return infer(present(result), inner(accumulated));
}
