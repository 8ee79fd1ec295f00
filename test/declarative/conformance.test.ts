import {
  getConformanceSuite,
  type IncrementalTestSuite,
} from '@bufbuild/cel-spec/testdata/tests.js';
import { expect, test } from 'vitest';
import { type Condition, conditions } from '../../src/declarative/condition.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';

type Example = IncrementalTestSuite['tests'][number]['original'];

const examples = (suite: IncrementalTestSuite): Example[] => [
  ...suite.tests.map(({ original }) => original),
  ...suite.suites.flatMap(examples),
];
const selfContained = examples(getConformanceSuite()).filter(
  ({ bindings, typeEnv, container }) =>
    Object.keys(bindings).length === 0 && typeEnv.length === 0 && container === '',
);

/** The example as a condition that must hold; null: its value is of a type that conditions do not offer. */
function mustHold({ expr, resultMatcher }: Example): string | null {
  const value = resultMatcher.case === 'value' ? resultMatcher.value.kind : undefined;
  switch (value?.case) {
    case 'boolValue':
      return `(${expr}) == ${value.value}`;
    case 'int64Value':
      return `(${expr}) == ${value.value}`;
    case 'stringValue':
      return `(${expr}) == ${JSON.stringify(value.value)}`;
    default:
      return null;
  }
}

const compile = conditions();

/** `refused`: the condition does not load, because it uses what is not offered. */
function outcome(text: string): boolean | 'refused' | 'error' {
  const expected = { ...nothingDeclared, now: '2026-01-15T00:00:00Z', repository: '' };
  let condition: Condition;
  try {
    condition = compile(text, new Map());
  } catch {
    return 'refused';
  }
  try {
    return condition({}, expected);
  } catch {
    return 'error';
  }
}

function summary(texts: readonly string[]) {
  const outcomes = texts.map((text) => ({ text, is: outcome(text) }));
  const of = (is: unknown) => outcomes.filter((one) => one.is === is).map(({ text }) => text);
  return { held: of(true), not: of(false), failed: of('error'), refused: of('refused') };
}

test('what conditions offer has the values of the conformance suite of CEL', () => {
  const { held, not, failed } = summary(
    selfContained.flatMap((example) => mustHold(example) ?? []),
  );
  expect(held.length).toBeGreaterThan(350);
  expect({ not, failed }).toEqual({ not: [], failed: [] });
});

test('what is an error in the conformance suite of CEL is never true or false', () => {
  const errors = selfContained.filter(({ resultMatcher }) => resultMatcher.case === 'evalError');
  const { held, not, failed, refused } = summary(
    errors.flatMap(({ expr }) => [expr, `(${expr}) == 1`, `(${expr}) == 'a'`]),
  );
  expect(failed.length).toBeGreaterThan(20);
  expect(refused.length).toBeGreaterThan(100);
  expect({ held, not }).toEqual({ held: [], not: [] });
});
