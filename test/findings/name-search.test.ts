import { expect, test } from 'vitest';
import { nameSearch } from '../../src/findings/name-search.ts';

function searchFor(names: readonly string[]) {
  const search = nameSearch();
  for (const name of names) search.add(name, () => `<${names.indexOf(name)}>`);
  return search;
}

test.each([
  ['maria and mariam', ['maria'], '<0> and mariam'],
  ['ci, ci-bot; ci-bot-2', ['ci', 'ci-bot'], '<0>, <1>; ci-bot-2'],
  ['maria@example maria', ['maria'], 'maria@example <0>'],
  ['x.maria -maria maria.', ['maria'], 'x.maria -maria <0>.'],
  [
    'arn:aws:iam::1:role/a, arn:aws:iam::1:role/ab',
    ['arn:aws:iam::1:role/a'],
    '<0>, arn:aws:iam::1:role/ab',
  ],
  ['the team (ops) of ops', ['(ops)', 'ops'], 'the team <0> of <1>'],
  ['release managers', ['release', 'release managers'], '<1>'],
  ['release managersx', ['release', 'release managers'], '<0> managersx'],
  ['robot$ci robot$', ['robot$ci', '$'], '<0> robot$'],
  ['größe 😀 x', ['größe', '😀'], '<0> <1> x'],
  ['a a', ['a', '', 'a a'], '<2>'],
])('in %j', (text, names, replaced) => {
  expect(searchFor(names).replaced(text)).toBe(replaced);
});

test('fifty thousand names that begin alike are looked for as quickly as a few', () => {
  const name = (at: number) => `arn:aws:iam::111122223333:role/team-${at}`;
  const search = nameSearch();
  for (let at = 0; at < 50_000; at += 1) {
    search.add(name(at), () => `identity-${at}`);
    expect(search.replaced(`seen by ${name(at)}.`)).toBe(`seen by identity-${at}.`);
  }
});
