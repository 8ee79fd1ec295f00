import fc from 'fast-check';

/*
 * Random searches are the same every time, so that no change is blamed for what another one did. A
 * person searches further with RUNS (so many times as often) and SEED.
 */

const { RUNS = '1', SEED = '20' } = process.env;

/** How often a property is tried. */
export function tries(count: number): { readonly numRuns: number } {
  return { numRuns: count * Number(RUNS) };
}

fc.configureGlobal({ seed: Number(SEED), ...tries(100) });

/** Any text of at most so many characters; fast-check's own first makes a map of all of Unicode. */
export function anyText(most: number): fc.Arbitrary<string> {
  const character = fc
    .oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff))
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));
  return fc.array(character, { maxLength: most }).map((all) => all.join(''));
}

export { fc };
