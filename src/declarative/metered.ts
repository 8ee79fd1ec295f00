import type { CelFunc, CelList, CelValue } from '@bufbuild/cel';
import { CelScalar, celFunc, celList, isCelList, isCelMap, listType, mapType } from '@bufbuild/cel';
import { appended, type Call, type Comprehension, type Expr } from './expression.ts';
import type { Meter } from './meter.ts';

/*
 * The library cannot limit costs, so a condition is rewritten before it is planned. Arguments of functions
 * whose work grows with them pass through `@whole` or `@size`; the list of a macro passes through `@each`,
 * which charges for the whole loop in advance. `filter` and `map` append to one list (the library would nest
 * a list per entry, and overflow its stack at some thousands). Presence is checked on the map itself,
 * because the library treats null as absent.
 */

/** Functions that compare values completely. */
const whole = new Set(['_==_', '_!=_', '@in']);
/** Functions whose work is the length of a text, or of a list without its entries. */
const shallow = new Set([
  '_+_',
  '_<_',
  '_<=_',
  '_>_',
  '_>=_',
  'size',
  'contains',
  'startsWith',
  'endsWith',
  'timestamp',
  'duration',
]);

/** Rewrites a condition so that it charges for its work through `meteredFunctions`. */
export function metered(expr: Expr): Expr {
  const { id, exprKind: kind } = expr;
  switch (kind.case) {
    case 'selectExpr': {
      const { operand, field, testOnly } = kind.value;
      if (operand === undefined) return expr;
      if (testOnly) return call(id, '@has', [metered(operand), textLiteral(id, field)]);
      return {
        ...expr,
        exprKind: { ...kind, value: { ...kind.value, operand: metered(operand) } },
      };
    }
    case 'listExpr': {
      const elements = kind.value.elements.map(metered);
      return { ...expr, exprKind: { ...kind, value: { ...kind.value, elements } } };
    }
    case 'structExpr': {
      const entries = kind.value.entries.map((entry) => ({
        ...entry,
        ...(entry.keyKind.case === 'mapKey'
          ? { keyKind: { ...entry.keyKind, value: metered(entry.keyKind.value) } }
          : {}),
        ...(entry.value === undefined ? {} : { value: metered(entry.value) }),
      }));
      return { ...expr, exprKind: { ...kind, value: { ...kind.value, entries } } };
    }
    case 'callExpr':
      return { ...expr, exprKind: { ...kind, value: meteredCall(kind.value) } };
    case 'comprehensionExpr':
      return { ...expr, exprKind: { ...kind, value: meteredMacro(kind.value) } };
    default:
      return expr;
  }
}

function meteredCall({ target, args, ...rest }: Call): Call {
  const charge = whole.has(rest.function) ? '@whole' : shallow.has(rest.function) ? '@size' : null;
  const charged = (arg: Expr): Expr => {
    const inner = metered(arg);
    if (charge === null || inner.exprKind.case === 'constExpr') return inner;
    return call(arg.id, charge, [inner]);
  };
  return {
    ...rest,
    ...(target === undefined ? {} : { target: charged(target) }),
    args: args.map(charged),
  };
}

function meteredMacro(macro: Comprehension): Comprehension {
  const { iterRange, loopStep, accuVar, accuInit } = macro;
  if (iterRange === undefined || loopStep === undefined || accuInit === undefined) return macro;
  const weight = nodesOf(loopStep) + 2;
  const charged = call(iterRange.id, '@each', [
    metered(iterRange),
    intLiteral(iterRange.id, weight),
  ]);
  const addition = appended(macro);
  if (addition === undefined) return { ...macro, iterRange: charged, loopStep: metered(loopStep) };
  const accumulated = ident(addition.id, accuVar);
  const append = call(addition.id, '@append', [accumulated, metered(addition)]);
  const kind = loopStep.exprKind;
  const conditional = kind.case === 'callExpr' && kind.value.function === '_?_:_';
  const [asked] = conditional ? kind.value.args : [];
  return {
    ...macro,
    iterRange: charged,
    accuInit: call(accuInit.id, '@list', []),
    loopStep:
      asked === undefined
        ? append
        : call(loopStep.id, '_?_:_', [metered(asked), append, accumulated]),
  };
}

/** The number of steps of one evaluation, without inner macros, which charge separately. */
export function nodesOf(expr: Expr): number {
  const { exprKind: kind } = expr;
  const sum = (parts: readonly (Expr | undefined)[]): number =>
    parts.reduce((total, part) => total + (part === undefined ? 0 : nodesOf(part)), 1);
  switch (kind.case) {
    case 'selectExpr':
      return sum([kind.value.operand]);
    case 'listExpr':
      return sum(kind.value.elements);
    case 'structExpr':
      return sum(
        kind.value.entries.flatMap(({ keyKind, value }) =>
          keyKind.case === 'mapKey' ? [keyKind.value, value] : [value],
        ),
      );
    case 'callExpr':
      return sum([kind.value.target, ...kind.value.args]);
    case 'comprehensionExpr':
      return sum([kind.value.iterRange, kind.value.accuInit, kind.value.result]);
    default:
      return 1;
  }
}

function node(id: bigint, exprKind: Expr['exprKind']): Expr {
  return { $typeName: 'cel.expr.Expr', id, exprKind };
}

function call(id: bigint, name: string, args: Expr[]): Expr {
  const value: Call = { $typeName: 'cel.expr.Expr.Call', function: name, args };
  return node(id, { case: 'callExpr', value });
}

function ident(id: bigint, name: string): Expr {
  return node(id, { case: 'identExpr', value: { $typeName: 'cel.expr.Expr.Ident', name } });
}

function textLiteral(id: bigint, value: string): Expr {
  const constantKind = { case: 'stringValue', value } as const;
  return node(id, { case: 'constExpr', value: { $typeName: 'cel.expr.Constant', constantKind } });
}

function intLiteral(id: bigint, value: number): Expr {
  const constantKind = { case: 'int64Value', value: BigInt(value) } as const;
  return node(id, { case: 'constExpr', value: { $typeName: 'cel.expr.Constant', constantKind } });
}

const { BOOL, DYN, INT, STRING } = CelScalar;
const LIST = listType(DYN);
const MAP = mapType(DYN, DYN);

/** The functions of rewritten conditions. */
export function meteredFunctions({ spend, left }: Meter): CelFunc[] {
  const growing = new WeakMap<CelList, CelValue[]>();
  const charged = (size: number) => spend(Math.ceil(size));
  return [
    celFunc('@size', [DYN], DYN, (value) => {
      charged(sizeOf(value));
      return value;
    }),
    celFunc('@whole', [DYN], DYN, (value) => {
      charged(wholeSize(value, left()));
      return value;
    }),
    celFunc('@each', [DYN, INT], DYN, (value, weight) => {
      if (isCelList(value) || isCelMap(value)) charged(value.size * Number(weight));
      return value;
    }),
    celFunc('@list', [], LIST, () => {
      const entries: CelValue[] = [];
      const list = celList(entries);
      growing.set(list, entries);
      return list;
    }),
    celFunc('@append', [LIST, DYN], LIST, (list, value) => {
      growing.get(list)?.push(value);
      return list;
    }),
    celFunc('@has', [MAP, STRING], BOOL, (map, field) => map.get(field) !== undefined),
    celFunc('@in', [STRING, MAP], BOOL, (key, map) => map.get(key) !== undefined),
  ];
}

/** The units of a text, or of a list without its entries. */
function sizeOf(value: CelValue): number {
  if (typeof value === 'string') return 1 + value.length / 4;
  return isCelList(value) ? 1 + value.size / 4 : 1;
}

/** The units of a value with its content; stops counting above `left`. */
function wholeSize(value: CelValue, left: number): number {
  let size = sizeOf(value);
  const entries = isCelList(value) || isCelMap(value) ? value.values() : [];
  for (const entry of entries) {
    if (size > left) break;
    size += wholeSize(entry, left - size);
  }
  return size;
}
