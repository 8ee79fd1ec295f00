import { parse } from '@bufbuild/cel';

/** A node of a parsed CEL expression. */
export type Expr = NonNullable<ReturnType<typeof parse>['expr']>;
export type Call = Extract<Expr['exprKind'], { case: 'callExpr' }>['value'];
export type Comprehension = Extract<Expr['exprKind'], { case: 'comprehensionExpr' }>['value'];

const longest = 2000;
/** Maximum nesting of brackets: the parser recurses about twenty calls per bracket. */
const deepest = 40;

/** Parses a CEL expression. Throws an `Error` with the reason. */
export function parsed(text: string): Expr {
  if (text.length > longest) throw new Error(`a condition has at most ${longest} characters`);
  if (nesting(text) > deepest) throw new Error('the condition is nested too deeply');
  try {
    const { expr } = parse(text);
    if (expr !== undefined) return expr;
  } catch (error) {
    if (error instanceof RangeError) throw new Error('the condition is nested too deeply');
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(why.replace('<input>:', 'line ').replace(/ but expecting .*$/s, ''));
  }
  throw new Error('the condition is empty');
}

/** The nesting of brackets, including those in string literals. */
function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
    depth += '([{'.includes(bracket) ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}

/** The expression that a `filter` or `map` appends at each step; undefined: another macro. */
export function appended({ accuInit, accuVar, loopStep }: Comprehension): Expr | undefined {
  const start = accuInit?.exprKind;
  if (start?.case !== 'listExpr' || start.value.elements.length > 0) return undefined;
  const step = callOf(loopStep, '_?_:_')?.args[1] ?? loopStep;
  const [accumulated, addition] = callOf(step, '_+_')?.args ?? [];
  const list = addition?.exprKind;
  if (accumulated?.exprKind.case !== 'identExpr' || accumulated.exprKind.value.name !== accuVar)
    return undefined;
  return list?.case === 'listExpr' ? list.value.elements[0] : undefined;
}

/** The condition under which `filter` or `map` appends to its result. */
export function condition({ loopStep }: Comprehension): Expr | undefined {
  return callOf(loopStep, '_?_:_')?.args[0];
}

function callOf(expr: Expr | undefined, name: string): Call | undefined {
  const kind = expr?.exprKind;
  return kind?.case === 'callExpr' && kind.value.function === name ? kind.value : undefined;
}

/** The value of a string literal; undefined: not a string literal. */
export function literalString(expr: Expr | undefined): string | undefined {
  const kind = expr?.exprKind;
  if (kind?.case !== 'constExpr' || kind.value.constantKind.case !== 'stringValue')
    return undefined;
  return kind.value.constantKind.value;
}

/** Formats an expression as a path for messages: `retention.rules[…].days`. */
export function pathText({ exprKind }: Expr): string {
  switch (exprKind.case) {
    case 'identExpr':
      return exprKind.value.name;
    case 'selectExpr': {
      const { operand, field } = exprKind.value;
      return operand === undefined ? field : `${pathText(operand)}.${field}`;
    }
    case 'callExpr': {
      const [target] = exprKind.value.args;
      if (exprKind.value.function === '_[_]' && target !== undefined)
        return `${pathText(target)}[…]`;
      return `${exprKind.value.function}(…)`;
    }
    default:
      return '(…)';
  }
}
