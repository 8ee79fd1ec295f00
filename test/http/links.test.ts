import { expect, test } from 'vitest';
import { linksOf, nextLink, pageAddress } from '../../src/http/links.ts';

const next = (link: string) =>
  nextLink({ url: 'https://r.example/v2/_catalog', headers: { link } });

test.each([
  ['</v2/_catalog?last=b&n=2>; rel="next"', 'https://r.example/v2/_catalog?last=b&n=2'],
  ['<https://r.example/x?p=2>; rel=next', 'https://r.example/x?p=2'],
  ['<?p=2>;rel="prev next"', 'https://r.example/v2/_catalog?p=2'],
  ['</a,b;c>; title="x, <y>; rel=prev"; REL="Next"', 'https://r.example/a,b;c'],
  ['</1>; rel=prev, </3>; rel=next, </9>; rel=last', 'https://r.example/3'],
  ['</3>; title="a \\"quoted\\", one"; rel=next', 'https://r.example/3'],
  ['</3>; rel=next; rel=prev', 'https://r.example/3'],
])('the header %j leads to %s', (header, address) => {
  expect(next(header)).toBe(address);
});

test.each([['</1>; rel="prev"'], ['</1>'], ['</1>; rel="nextish"'], ['</1>; title="rel=next"']])(
  'the header %j leads nowhere',
  (header) => {
    expect(next(header)).toBeUndefined();
  },
);

test.each([
  ['<https://other.example/>; rel=next', 'another origin'],
  ['<http://r.example/>; rel=next', 'another origin'],
  ['<//other.example/>; rel=next', 'another origin'],
  ['<https://r.example:444/>; rel=next', 'another origin'],
  ['<javascript:1>; rel=next', 'another origin'],
  ['<https://>; rel=next', 'not a URL'],
  ['</a>; rel=next, </b>; rel=next', 'several'],
  ['next', 'malformed'],
  ['</a; rel=next', 'malformed'],
  ['x'.repeat(20_000), 'too long'],
])('the header %j is refused', (header, why) => {
  expect(() => next(header)).toThrow(why);
});

test('no header is the last page', () => {
  expect(nextLink({ url: 'https://r.example/', headers: {} })).toBeUndefined();
});

test('an address in a body is held to the same', () => {
  expect(pageAddress('?page=2', 'https://r.example/v2/x')).toBe('https://r.example/v2/x?page=2');
  expect(() => pageAddress('https://evil.example/', 'https://r.example/')).toThrow(
    'another origin',
  );
});

test('a long header of many parts takes no time to speak of', () => {
  const start = performance.now();
  expect(linksOf(`</a>${';a="\\\\"'.repeat(2000)}`)).toHaveLength(1);
  expect(linksOf('</a>,'.repeat(3000))).toHaveLength(3000);
  expect(performance.now() - start).toBeLessThan(2000);
});
