import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../src/http/http.ts';
import { errorCodesIn, pingIn } from '../../src/oci/ping.ts';
import { mayWrite, rightsIn } from '../../src/oci/token-rights.ts';
import { isTestAuthentication, productOf } from '../../src/providers/oci/decode/product.ts';

const version = { 'docker-distribution-api-version': 'registry/2.0' };
const json = { 'content-type': 'application/json; charset=utf-8' };
const unauthorized = '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}';

function answer(status: number, headers: Record<string, string>, text = ''): HttpAnswer {
  const bytes = Buffer.from(text);
  return { status, url: 'https://r.example.org/v2/', headers, bytes, text, json: () => null };
}
const ping = (challenge: string, more = {}) =>
  pingIn(
    answer(401, { ...version, ...json, 'www-authenticate': challenge, ...more }, unauthorized),
  );

describe('a ping', () => {
  it('of a registry without login is open', () => {
    const open = pingIn(answer(200, { ...version, ...json }, '{}'));
    expect(open).toMatchObject({ open: true, likeDistribution: true });
  });

  it('with a challenge beside its 200 is not that of CNCF Distribution', () => {
    const zot = pingIn(answer(200, { ...version, ...json, 'www-authenticate': 'basic realm=zot' }));
    expect(zot).toMatchObject({ open: true, likeDistribution: false });
  });

  it.each([
    ['a sign-in page', answer(200, { 'content-type': 'text/html' }, '<html>')],
    ['an empty page', answer(200, {})],
    ['JSON of something else', answer(200, json, '{"status":"up"}')],
    ['a firewall', answer(403, version)],
    ['no such page', answer(404, version)],
    ['a refusal without a challenge', answer(401, version)],
    [
      'a refusal with a challenge of another kind',
      answer(401, { 'www-authenticate': 'Negotiate' }),
    ],
  ])('that %s answers is that of no registry', (_, response) => {
    expect(() => pingIn(response)).toThrow(/registry|sign in/);
  });
});

describe('what answers', () => {
  it.each([
    ['Bearer realm="https://h.example.org/service/token",service="harbor-registry"', 'Harbor'],
    ['Bearer realm="https://q.example.org/v2/auth",service="q.example.org"', 'Quay'],
    ['Bearer realm="https://g.example.org/jwt/auth",service="container_registry"', 'GitLab'],
    ['BASIC realm="Sonatype Nexus Repository Manager"', 'Nexus Repository'],
    ['Bearer realm="https://auth.docker.io/token",service="registry.docker.io"', 'Docker Hub'],
    ['Bearer realm="https://ghcr.io/token",service="ghcr.io"', 'GitHub Container Registry'],
    [
      'Bearer realm="https://shop.azurecr.io/oauth2/token",service="shop.azurecr.io"',
      'Azure Container Registry',
    ],
    [
      'Basic realm="https://1.dkr.ecr.eu-west-1.amazonaws.com/",service="ecr.amazonaws.com"',
      'Amazon ECR',
    ],
  ])('to %s is %s', (challenge, title) => {
    expect(productOf('r.example.org', ping(challenge), true)).toMatchObject({ title });
  });

  it('like CNCF Distribution is that only where its router lacks extensions too', () => {
    const basic = ping('Basic realm="registry"');
    expect(productOf('r.example.org', basic, true)).toEqual({ kind: 'distribution' });
    expect(productOf('r.example.org', basic, false)).toEqual({ kind: 'unrecognized' });
  });

  it('with a realm that is no address takes any header, and nothing else does', () => {
    expect(isTestAuthentication(ping('Bearer realm="silly-realm",service="s"'))).toBe(true);
    expect(isTestAuthentication(ping('Bearer realm="/token",service="s"'))).toBe(false);
    expect(isTestAuthentication(ping('Bearer realm="https://a.example/token"'))).toBe(false);
    expect(isTestAuthentication(ping('Basic realm="silly-realm"'))).toBe(false);
  });
});

const token = (claims: unknown) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

describe('the rights in a token', () => {
  it.each([
    [{ access: [{ type: 'repository', name: 'a', actions: ['pull'] }] }, ['pull']],
    [{ access: [{ type: 'repository', name: 'a', actions: ['pull', 'push'] }] }, ['pull', 'push']],
    [{ access: [{ type: 'repository', name: 'b', actions: ['push'] }] }, []],
    [{ access: [] }, []],
    [{ access: null }, []],
    [{ sub: 'nobody' }, null],
    [{ access: 'all' }, null],
    [{ access: [7] }, null],
    [{ access: [{ type: 'repository', name: 'a', actions: 'push' }] }, null],
  ])('%j are %j', (claims, rights) => {
    expect(rightsIn(token(claims), 'a')).toEqual(rights);
  });

  it.each(['opaque', 'a.b.c', ''])('of the opaque token "%s" are not told', (text) => {
    expect(rightsIn(text, 'a')).toBeNull();
  });

  it('are more than reading where any word but pull is among them', () => {
    expect(mayWrite([])).toBe(false);
    expect(mayWrite(['pull'])).toBe(false);
    for (const word of ['push', '*', 'delete', 'a new word'])
      expect(mayWrite(['pull', word])).toBe(true);
  });
});

describe('the codes of an error', () => {
  it.each([
    [unauthorized, ['UNAUTHORIZED']],
    ['{"message":"no"}', []],
    ['<html>', []],
    ['', []],
    ['{"errors":"all"}', []],
  ])('%s', (body, codes) => {
    expect(errorCodesIn(body)).toEqual(codes);
  });
});
