import { describe, expect, test } from 'vitest';
import { hostTarget, oneRegistry, urlOption } from '../src/providers/host-target.ts';

const product = { id: 'quay', title: 'Quay', variable: 'QUAY_URL' };
const at = (address: string, url?: string, environment = {}) =>
  hostTarget({ provider: 'quay', address, options: {} }, product, url, environment);

describe('the host of a target', () => {
  test.each([
    [
      'quay.example.org',
      undefined,
      { host: 'quay.example.org', base: 'https://quay.example.org', path: '' },
    ],
    [
      'Quay.example.org:8443/Team/',
      undefined,
      { host: 'quay.example.org:8443', base: 'https://quay.example.org:8443', path: 'Team' },
    ],
    ['[::1]:5000', undefined, { host: '[::1]:5000', base: 'https://[::1]:5000', path: '' }],
    [
      'quay.example.org',
      'http://127.0.0.1:80/quay/',
      { host: 'quay.example.org', base: 'http://127.0.0.1/quay', path: '' },
    ],
    [
      '',
      'https://quay.example.org',
      { host: 'quay.example.org', base: 'https://quay.example.org', path: '' },
    ],
  ])('%j with url %j', (address, url, expected) => {
    expect(at(address, url)).toEqual(expected);
  });

  test('comes from the variable of the product when none is named, and only then', () => {
    const environment = { QUAY_URL: 'https://other.example.org' };
    expect(at('', undefined, environment).host).toBe('other.example.org');
    expect(at('quay.example.org', undefined, environment).base).toBe('https://quay.example.org');
  });

  test.each([
    ['', undefined],
    ['user:hunter2@quay.example.org', undefined],
    ['quay example', undefined],
    ['', 'ftp://quay.example.org'],
    ['', 'https://user:hunter2@quay.example.org'],
    ['', 'https://quay.example.org?token=hunter2'],
  ])('%j with url %j is refused, and no password is repeated', (address, url) => {
    expect(() => at(address, url)).toThrow(/^(?!.*hunter2)/);
  });
});

test('the schema of an address takes what can be called, and nothing with a password in it', () => {
  const { pattern = '' } = urlOption('https://quay.example.org');
  const takes = (url: string) => new RegExp(pattern).test(url);
  expect(['https://a.example', 'http://127.0.0.1:5000/quay'].filter(takes)).toHaveLength(2);
  expect(['https://u:p@a.example', 'a.example', 'https://a.example?t=1'].filter(takes)).toEqual([]);
});

test('a target that stands for one registry opens that one', async () => {
  const read = async function* () {
    yield* [];
  };
  const registry = { id: 'quay://quay.example.org', read };
  const opened = [];
  for await (const one of oneRegistry(registry)) opened.push(one);
  expect(opened).toEqual([registry]);
});
