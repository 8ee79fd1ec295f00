import { describe, expect, test } from 'vitest';
import { challengesOf } from '../../src/oci/challenge.ts';
import { checkedRealm } from '../../src/oci/realm.ts';
import { scopeOf } from '../../src/oci/scope.ts';

const plain = (header: string) =>
  challengesOf(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('a challenge', () => {
  test.each([
    ['Basic realm="r"', [['basic', { realm: 'r' }]]],
    ['BASIC realm=zot', [['basic', { realm: 'zot' }]]],
    [
      'Bearer realm="https://a/t",service="s",scope="repository:n:pull,push"',
      [['bearer', { realm: 'https://a/t', service: 's', scope: 'repository:n:pull,push' }]],
    ],
    [
      'Negotiate, Bearer Realm = "a\\"b" , error="x", Basic realm="c"',
      [
        ['negotiate', {}],
        ['bearer', { realm: 'a"b', error: 'x' }],
        ['basic', { realm: 'c' }],
      ],
    ],
    ['Bearer realm="first",realm="second"', [['bearer', { realm: 'first' }]]],
    ['Bearer __proto__="x"', [['bearer', Object.fromEntries([['__proto__', 'x']])]]],
    ['realm="r"', []],
    ['', []],
    [', ,', []],
    ['Bearer realm="open', [['bearer', { realm: '' }]]],
  ])('%j is read', (header, challenges) => {
    expect(plain(header)).toEqual(challenges);
  });

  test('is read in no time, however long and odd', () => {
    const start = performance.now();
    for (const odd of ['"\\', 'a ', ' ,', 'a=', 'a="', '=', 'a="\\"']) {
      challengesOf(`Bearer ${odd.repeat(100_000)}`);
    }
    expect(performance.now() - start).toBeLessThan(2000);
    expect(challengesOf('Basic, '.repeat(1000))).toHaveLength(10);
  });
});

describe('a realm', () => {
  test.each([
    ['https://r.example/token', 'https://r.example', []],
    ['https://r.example:8443/token', 'https://r.example', []],
    ['/token?x=1', 'https://r.example', []],
    ['https://gitlab.com/jwt/auth', 'https://registry.gitlab.com', []],
    ['https://auth.r.example/', 'https://r.example', []],
    ['https://auth.docker.io/token', 'https://registry-1.docker.io', ['auth.docker.io']],
    ['http://127.0.0.1:5000/token', 'http://127.0.0.1:5001', []],
    ['https://auth.r.example/', 'http://r.example', []],
  ])('%s may issue for %s', (realm, base, allowed) => {
    expect(checkedRealm(realm, base, allowed)).toBe(new URL(realm, base).href);
  });

  test.each([
    [undefined, 'https://r.example', []],
    ['', 'https://r.example', []],
    ['silly-realm:', 'https://r.example', []],
    ['http://r.example/token', 'https://r.example', []],
    ['http://auth.docker.io/token', 'https://registry-1.docker.io', ['auth.docker.io']],
    ['http://auth.docker.io/token', 'http://r.example', ['auth.docker.io']],
    ['https://evil.example/', 'https://r.example', []],
    ['https://evilr.example/', 'https://r.example', []],
    ['https://r.example.evil.example/', 'https://r.example', []],
    ['https://example/', 'https://r.example', []],
    ['https://auth.docker.io:444/', 'https://registry-1.docker.io', ['auth.docker.io']],
    ['https://auth.docker.io.evil.example/', 'https://registry-1.docker.io', ['auth.docker.io']],
    ['https://user:pass@r.example/', 'https://r.example', []],
    ['https://169.254.169.254/', 'https://r.example', []],
    ['https://0.0.1/', 'https://127.0.0.1', []],
    ['http://127.0.0.1/', 'https://r.example', []],
    ['http://127.0.0.1/', 'http://r.example', []],
    ['ftp://r.example/', 'http://r.example', []],
  ])('%s may not issue for %s', (realm, base, allowed) => {
    expect(() => checkedRealm(realm, base, allowed)).toThrow('the token service');
  });
});

test.each([
  ['/v2/team/app/tags/list?n=100', 'repository:team/app:pull'],
  ['/v2/app/manifests/latest', 'repository:app:pull'],
  ['/v2/a/manifests/b/manifests/sha256:1', 'repository:a/manifests/b:pull'],
  ['/v2/app/referrers/sha256:1', 'repository:app:pull'],
  ['https://r.example/v2/app/tags/list?last=x', 'repository:app:pull'],
  ['/v2/_catalog?n=1', 'registry:catalog:*'],
  ['/v2/', null],
  ['/v2/app/blobs/uploads/', null],
  ['/v2/tags/list', null],
  ['/api/v2.0/projects', null],
])('%s needs the scope %s', (path, scope) => {
  expect(scopeOf({ operation: 'x', path })).toBe(scope);
});
