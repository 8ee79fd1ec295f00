import { RE2JS } from '@bufbuild/re2';

const longest = 200;
/** Maximum counted repetition: the engine expands `a{1000}` to a thousand states. */
const mostRepeated = 100;
const compiled = new Map<string, RE2JS>();

/** Compiles a pattern in RE2 syntax, memoized. Throws an `Error` with the reason. */
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

/** Whether a text matches; spends units linear in the length of the text, for any pattern. */
export function tested(pattern: string, text: string, spend: (units: number) => void): boolean {
  const repeated = [...pattern.matchAll(/\{(?:\d+,)?(\d+)/g)].map(([, most]) => Number(most));
  const states = repeated.reduce((product, count) => product * Math.max(count, 1), pattern.length);
  spend(text.length * Math.ceil(states / 20));
  return compiledPattern(pattern).test(text);
}
