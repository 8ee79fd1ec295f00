import type { Estate } from '../../../src/demo/gitlab/estate.ts';
import { scenario } from './scan.ts';

/**
 * A group of GitLab.com in which every call matters; a project of an instance of one's own, where the
 * settings of the instance do; and all groups of a token.
 */
export async function lawScenes(): Promise<readonly Estate[]> {
  const good = await scenario('all-good');
  const { acme } = good.groups;
  const plain = good.projects['acme/shop'];
  if (acme === undefined || plain === undefined) throw new Error('all-good has changed');
  const { deployTokens = [], accessTokens = [], hooks = [] } = acme;
  // A list without entries has no key that could be damaged.
  const shop = { ...plain, deployTokens, accessTokens, hooks };
  const upstreams = [{ id: 1, name: 'hub', url: 'https://hub.example.org', username: 'reader' }];
  const behind = { ...acme, virtualRegistries: [{ name: 'mirror', upstreams }] };
  const fields = { ...acme.fields, require_two_factor_authentication: false };
  const { streams: __, ...silent } = acme;
  const repositories = { '': { tags: shop.repositories?.['']?.tags ?? [] } };
  const own: Estate = {
    ...good,
    host: 'gitlab.example.org',
    target: 'acme/shop',
    settings: { require_two_factor_authentication: true, two_factor_grace_period: 0 },
    administrators: [{ username: 'adam' }],
    streams: acme.streams?.['externalAuditEventStreamingDestinations'] ?? [],
    geo: [
      { site: { name: 'home' }, status: {} },
      { site: { name: 'shelter' }, status: {} },
    ],
    groups: { acme: { ...silent, fields } },
    projects: { 'acme/shop': { ...shop, security: {}, repositories } },
  };
  const { target: _, ...everywhere } = good;
  const projects = { ...good.projects, 'acme/shop': shop };
  return [{ ...good, projects, groups: { acme: behind } }, own, everywhere];
}
