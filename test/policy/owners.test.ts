import { expect, test } from 'vitest';
import type { AnyFact } from '../../src/model/fact.ts';
import { ownerBy } from '../../src/policy/owners.ts';

const registry = 'ecr://123456789012/eu-west-1';
const at = (repository: string | null) => ({ registry, repository });
const from = { operation: 'ListTagsForResource' };
const labels = (...value: { key: string; value: string }[]): Record<string, AnyFact> => ({
  labels: { state: 'known', value, from },
});
const none = [{}, {}];

test('the last matching entry of owners names the owner, as in CODEOWNERS', () => {
  const owner = ownerBy({
    owners: [
      { owner: 'platform' },
      { repository: 'shop/*', owner: 'shop' },
      { registry, repository: 'shop/pay', owner: 'payments' },
      { registry: 'ecr://*/us-east-1', owner: 'america' },
    ],
    ownerTag: undefined,
  });
  expect(owner(at('shop/pay'), none)).toBe('payments');
  expect(owner(at('shop/cart'), none)).toBe('shop');
  expect(owner(at('other'), none)).toBe('platform');
  expect(owner(at(null), none)).toBe('platform');
});

test('an entry for repositories does not own their registry', () => {
  const owner = ownerBy({ owners: [{ repository: '*', owner: 'teams' }], ownerTag: undefined });
  expect(owner(at('app'), none)).toBe('teams');
  expect(owner(at(null), none)).toBe(null);
});

test('without a matching entry the tag of the repository counts, then that of its registry', () => {
  const owner = ownerBy({ owners: [{ repository: 'a', owner: 'entry' }], ownerTag: 'team' });
  const ofRegistry = labels({ key: 'team', value: 'platform' });
  expect(owner(at('a'), [labels({ key: 'team', value: 'tag' }), ofRegistry])).toBe('entry');
  expect(owner(at('b'), [labels({ key: 'team', value: 'tag' }), ofRegistry])).toBe('tag');
  expect(owner(at('b'), [labels({ key: 'Team', value: 'tag' }), ofRegistry])).toBe('platform');
  expect(owner(at('b'), [labels({ key: 'team', value: '' }), ofRegistry])).toBe('platform');
  expect(owner(at(null), [labels()])).toBe(null);
});

test('tags that are unknown, or not read, name nobody, and only what is unknown is told', () => {
  const told: AnyFact[] = [];
  const owner = ownerBy({ owners: [], ownerTag: 'team' }, (tags) => told.push(tags));
  const denied: AnyFact = { state: 'unknown', why: 'denied', from };
  expect(owner(at('b'), [{ labels: denied }, {}])).toBe(null);
  expect(owner(at('b'), none)).toBe(null);
  expect(told).toEqual([denied]);
});

test('without ownerTag no tag is looked at', () => {
  const owner = ownerBy({ owners: [], ownerTag: undefined });
  expect(owner(at('b'), [labels({ key: 'owner', value: 'team' })])).toBe(null);
});
