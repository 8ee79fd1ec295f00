import { describe, expect, test } from 'vitest';
import { type JsonObject, objectOf, objectsAt } from '../../src/decode/fields.ts';
import {
  cacheOf,
  cacheRule,
  credentialSet,
  upstream,
} from '../../src/providers/acr/decode/cache.ts';
import { recorder } from '../../src/providers/acr/decode/diagnostics.ts';
import { edgeRegistry } from '../../src/providers/acr/decode/edge.ts';
import { keyPlace, keyTrouble } from '../../src/providers/acr/decode/key.ts';
import { networkAccess, privateEndpoints } from '../../src/providers/acr/decode/network.ts';
import {
  anonymousPull,
  described,
  replicaPlaces,
} from '../../src/providers/acr/decode/registry.ts';
import { chosen, type Tag, tagLockOf } from '../../src/providers/acr/decode/repository.ts';
import { allowsAction, role, scopeLabel } from '../../src/providers/acr/decode/roles.ts';
import { task } from '../../src/providers/acr/decode/tasks.ts';
import { gives, reachesAll, scopeMap, token } from '../../src/providers/acr/decode/tokens.ts';
import { concerns, target, webhook } from '../../src/providers/acr/decode/webhooks.ts';
import { exampleAnswers } from '../support/acr/description.ts';

const entries = (name: keyof typeof exampleAnswers) =>
  objectsAt(objectOf(exampleAnswers[name], name), 'value');
const first = (name: keyof typeof exampleAnswers) => objectOf(entries(name)[0], name);

describe('answers as odd as the examples of the vendor', () => {
  test('a registry without a status', () => {
    const registry = described(exampleAnswers.Registry);
    expect(registry).toMatchObject({
      subscription: '7d0c41f2-90ab-4a7b-8d3c-2f9be1c40001',
      group: 'shop-rg',
      name: 'shopImages',
      plan: 'Standard',
      loginServer: 'shopImages.azurecr.io',
    });
    expect(anonymousPull(registry)).toBe(false);
    expect(networkAccess(registry)).toMatchObject({ mode: 'open', reason: 'plan' });
  });

  test('a token without passwords, and a scope map in the older wording', () => {
    expect(token(first('TokenListResult'))).toMatchObject({
      name: 'pipeline',
      enabled: true,
      secrets: [],
    });
    const map = scopeMap(first('ScopeMapListResult'));
    expect(gives(map, 'push', 'storefront')).toBe(true);
    expect(gives(map, 'delete', 'storefront')).toBe(true);
    expect(gives(map, 'push', 'another')).toBe(false);
    expect(token(first('TokenListResult')).scopeMapId).toBe(map.id);
  });

  test('a webhook and where it goes', () => {
    const hook = webhook(first('WebhookListResult'));
    expect(hook).toEqual({ name: 'deployer', enabled: true, scope: 'storefront' });
    expect(concerns(hook, 'storefront')).toBe(true);
    const goes = target(exampleAnswers.CallbackConfig);
    expect(goes).toEqual({ host: 'deployer.acme.example', transport: 'plain-http' });
  });

  test('cache rules, credential sets and replications', () => {
    const rule = cacheRule(first('CacheRulesListResult'));
    expect(upstream(rule)).toEqual({
      prefix: 'hub/caddy',
      url: 'https://docker.io/library/caddy',
      transport: 'verified-tls',
      credential: 'stored',
      takes: { mode: 'part', prefix: 'library/caddy' },
    });
    const set = credentialSet(first('CredentialSetListResult'));
    expect(set.healthy).toBe(true);
    expect(rule.credentialSetId).toBe(set.id);
    expect(replicaPlaces(entries('ReplicationListResult'))).toEqual(['swedencentral']);
  });

  test('a connected registry that serves nobody yet', () => {
    expect(edgeRegistry(first('ConnectedRegistryListResult'))).toEqual({
      name: 'warehouse',
      mode: 'read-write',
      transport: 'not-serving',
      audit: 'off',
    });
  });

  test('a private endpoint', () => {
    const registry = described(exampleAnswers.Registry);
    const properties = {
      ...registry.properties,
      privateEndpointConnections: [exampleAnswers.PrivateEndpointConnection],
    };
    expect(privateEndpoints({ ...registry, properties })).toEqual({
      mode: 'serving',
      endpoints: ['office-endpoint'],
    });
  });

  test('a task whose login of another registry is not shown', () => {
    expect(task(first('TaskListResult'))).toEqual({
      name: 'nightly',
      enabled: true,
      pushes: true,
      credentials: [{ what: 'the access token of trigger commits', kept: 'stored' }],
      hidden: ['a login of mirror.acme.example'],
      starts: true,
      steps: { mode: 'none' },
    });
  });
});

describe('an answer that is odd', () => {
  const map = (...actions: string[]) => scopeMap({ id: '/m', name: 'm', properties: { actions } });

  test.each([
    ['repositories/*/content/write', true],
    ['repositories/team/*/content/write', false],
    ['repositories/app/content/write', false],
  ])('scope %s reaches every repository: %s', (action, all) => {
    expect(reachesAll(map(action))).toBe(all);
    expect(gives(map(action), 'push', null)).toBe(true);
  });

  test('a repository may be called like an action', () => {
    expect(gives(map('repositories/content/read/content/write'), 'push', 'content/read')).toBe(
      true,
    );
    expect(gives(map('repositories/content/read/content/write'), 'push', 'content')).toBe(false);
  });

  test('actions of the gateway open no repository, unknown ones are an error', () => {
    expect(map('gateway/plant/config/read').grants).toEqual([]);
    expect(() => map('repositories/app/content/sign')).toThrow(/not known/);
    expect(() => map('catalog/read')).toThrow(/not known/);
  });

  test.each([
    ['microsoft.containerregistry/registries/*/write', [], true],
    ['*', ['Microsoft.ContainerRegistry/registries/push/write'], false],
    ['Microsoft.ContainerRegistry/registries/pull/read', [], false],
    ['Microsoft.ContainerRegistry/*', ['*/delete'], true],
  ])('action %s without %j may push: %s', (action, notActions, may) => {
    const one = role({
      id: '/r',
      properties: { roleName: 'r', permissions: [{ actions: [action], notActions }] },
    });
    const [part] = one.permissions;
    expect(
      part !== undefined && allowsAction(part, 'Microsoft.ContainerRegistry/registries/push/write'),
    ).toBe(may);
  });

  test.each([
    ['/', 'the root of the tenant'],
    ['/providers/Microsoft.Management/managementGroups/all', 'management group all'],
    ['/subscriptions/s', 'the subscription'],
    ['/subscriptions/s/resourceGroups/g', 'resource group g'],
    ['/subscriptions/s/resourceGroups/g/providers/m/registries/r', 'the registry'],
  ])('scope %s is %s', (scope, label) => {
    expect(scopeLabel(scope)).toBe(label);
  });

  const settings = (properties: JsonObject) => recorder({ name: 'd', properties });
  test('what is off, of another kind or without destination is not an audit log', () => {
    expect(settings({ logs: [{ categoryGroup: 'allLogs', enabled: true }] })).toMatchObject({
      repositoryEvents: true,
      destinations: [],
    });
    expect(settings({ logs: [{ category: 'SomethingElse', enabled: true }] })).toMatchObject({
      repositoryEvents: false,
      loginEvents: false,
    });
    expect(() => settings({ logs: [{ category: 'ContainerRegistryLoginEvents' }] })).toThrow();
  });

  test.each([
    ['https://v.vault.azure.net/keys/k', { host: 'v.vault.azure.net', path: '/keys/k' }],
    ['https://v.vault.azure.net/keys/k/0af1', { host: 'v.vault.azure.net', path: '/keys/k/0af1' }],
    ['https://v.vault.azure.net/secrets/k', null],
    ['https://v.vault.azure.net@evil.example/keys/k', null],
    ['ftp://v.vault.azure.net/keys/k', null],
  ])('key %s', (identifier, place) => {
    if (place === null) expect(() => keyPlace(identifier)).toThrow(/not the address of a key/);
    else expect(keyPlace(identifier)).toEqual(place);
  });

  test.each([
    [{ enabled: true }, null],
    [{ enabled: false }, 'the key is disabled'],
    [{ enabled: true, exp: 1_767_225_599 }, 'the key has expired'],
    [{ enabled: true, exp: 1_767_225_601 }, null],
    [{ enabled: true, nbf: 1_767_225_601 }, 'the key is not valid yet'],
  ])('a key with %j: %s', (attributes, trouble) => {
    const body = { key: { kid: 'https://v.vault.azure.net/keys/k/0af1' }, attributes };
    const answer = { found: true, body, path: '/keys/k' };
    expect(keyTrouble(answer, '2026-01-01T00:00:00Z')).toBe(trouble);
  });

  const tag = (name: string, updatedAt: string, digest = name): Tag => ({
    name,
    digest: `sha256:${Buffer.from(digest).toString('hex').padEnd(64, '0')}`,
    updatedAt,
    locked: false,
  });
  const signature = `sha256-${'0'.repeat(64)}.sig`;

  test('images are judged by their newest tag once, signatures never', () => {
    const tags = [
      tag('v1', '2026-01-01T00:00:00.000Z'),
      tag('v2', '2026-02-01T00:00:00.000Z', 'same'),
      tag('latest', '2026-03-01T00:00:00.000Z', 'same'),
      tag(signature, '2026-04-01T00:00:00.000Z'),
    ];
    expect(chosen(tags, new Set(), 5, [])?.map(({ name }) => name)).toEqual(['latest', 'v1']);
    expect(chosen(tags, new Set(), 1, [])?.map(({ name }) => name)).toEqual(['latest']);
    expect(chosen(tags, new Set(), 5, ['v*'])?.map(({ name }) => name)).toEqual(['v2', 'v1']);
    expect(chosen(tags, new Set(), 5, ['release-*'])).toEqual([]);
    expect(chosen([tag(signature, '2026-04-01T00:00:00.000Z')], new Set(), 5, [])).toBeNull();
  });

  test('locks are told tag by tag', () => {
    const one = tag('v1', '2026-01-01T00:00:00.000Z');
    expect(tagLockOf(true, [one])).toEqual({ mode: 'all' });
    expect(tagLockOf(false, [one])).toEqual({ mode: 'none' });
    expect(tagLockOf(false, [one, { ...one, name: 'v2', locked: true }])).toEqual({
      mode: 'only',
      patterns: ['v2'],
    });
  });

  test('a rule for every name makes no repository a cache', () => {
    const rule = (targetRepository: string) =>
      cacheRule({ properties: { sourceRepository: 'docker.io/library/*', targetRepository } });
    expect(cacheOf([rule('*')], 'app')).toBeNull();
    expect(cacheOf([rule('hub/*')], 'app')).toBeNull();
    expect(cacheOf([rule('hub/*')], 'hub/nginx')).toBe('docker.io/library/*');
  });
});
