import type { GhcrHook } from './estate.ts';

/** When everything came into being whose time does not matter. */
const born = '2024-01-15T10:00:00Z';
const api = 'https://api.github.com';

/** An account, with every field that GitHub describes as always there. */
export function account(login: string, type: string) {
  const url = `${api}/users/${login}`;
  return {
    login,
    id: 1,
    node_id: 'MDQ6VXNlcjE=',
    avatar_url: `https://avatars.githubusercontent.com/${login}`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following`,
    gists_url: `${url}/gists`,
    starred_url: `${url}/starred`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
    name: login,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: born,
    updated_at: born,
  };
}

export function hookAnswer({ url, insecure, events, active = true }: GhcrHook, index: number) {
  const of = `${api}/hooks/${index + 1}`;
  return {
    type: 'Organization',
    id: index + 1,
    name: 'web',
    active,
    events,
    config: { url, content_type: 'json', insecure_ssl: insecure, secret: '********' },
    url: of,
    test_url: `${of}/test`,
    ping_url: `${of}/pings`,
    last_response: { code: null, status: 'unused', message: null },
    created_at: born,
    updated_at: born,
  };
}
