import { RE2JS } from '@bufbuild/re2';

const longest = 200;
/** A counted repetition is written out by the engine: `a{1000}` is a thousand states. */
const mostRepeated = 100;
const compiled = new Map<string, RE2JS>();

/** In: a pattern in RE2 syntax. Out: it, compiled once. Throws an `Error` that says what is wrong. */
export function compiledPattern(text: string): RE2JS {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  if (text.length > longest) throw new Error(`a pattern has at most ${longest} characters`);
  const counts = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  if (/\{\d/.test(text) && counts.some((count) => count > mostRepeated))
    throw new Error(`a pattern repeats at most ${mostRepeated} times`);
  const pattern = RE2JS.compile(text);
  compiled.set(text, pattern);
  return pattern;
}

/** Whether a text has a match, and what that costs: linear in the text, however the pattern is written. */
export function tested(pattern: string, text: string, spend: (units: number) => void): boolean {
  const repeated = [...pattern.matchAll(/\{(?:\d+,)?(\d+)/g)].map(([, most]) => Number(most));
  const states = repeated.reduce((product, count) => product * Math.max(count, 1), pattern.length);
  spend(text.length * Math.ceil(states / 20));
  return compiledPattern(pattern).test(text);
}
