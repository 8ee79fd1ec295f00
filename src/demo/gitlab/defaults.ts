import type { Estate, EstateProject, Fields } from './estate.ts';

/**
 * What an entry of a list has when the estate says nothing of it. `invited` is not sent: the member of a group
 * comes through an invited one.
 */
export function members(all: readonly Fields[] = []): Fields[] {
  return all.map(({ invited: _, ...one }, index) => ({
    id: index + 1,
    name: one['username'],
    state: 'active',
    locked: false,
    expires_at: null,
    ...one,
  }));
}

export function deployTokens(all: readonly Fields[] = []): Fields[] {
  return all.map((one, index) => ({
    id: index + 1,
    username: `gitlab+deploy-token-${index + 1}`,
    expires_at: null,
    revoked: false,
    expired: false,
    scopes: ['read_registry'],
    ...one,
  }));
}

export function accessTokens(asOf: string, all: readonly Fields[] = []): Fields[] {
  return all.map((one, index) => ({
    id: index + 1,
    user_id: 900 + index,
    active: true,
    revoked: false,
    created_at: asOf,
    last_used_at: asOf,
    expires_at: null,
    access_level: 30,
    scopes: ['read_registry'],
    ...one,
  }));
}

export function hooks(all: readonly Fields[] = []): Fields[] {
  return all.map((one, index) => ({ id: index + 1, enable_ssl_verification: true, ...one }));
}

export function rules(project: number, all: readonly Fields[] = []): Fields[] {
  return all.map((one, index) => ({
    id: index + 1,
    project_id: project,
    minimum_access_level_for_push: null,
    minimum_access_level_for_delete: null,
    ...one,
  }));
}

/** What GitLab answers about a project. Maintainers get the token of its runners too. */
export function projectFields(path: string, id: number, { fields }: EstateProject): Fields {
  const home = path.slice(0, path.lastIndexOf('/'));
  return {
    id,
    path_with_namespace: path,
    visibility: 'private',
    archived: false,
    namespace: { id: 1, name: home, path: home.split('/').at(-1), kind: 'group', full_path: home },
    container_registry_enabled: true,
    container_registry_access_level: 'enabled',
    shared_with_groups: [],
    runners_token: 'GR1348941-demo-runners-token',
    ...fields,
  };
}

export function groupFields(path: string, id: number, { groups, plan }: Estate): Fields {
  const top = !path.includes('/');
  const { ip_restriction_ranges: ranges = null, ...own } = groups[path]?.fields ?? {};
  return {
    id,
    name: path,
    path: path.split('/').at(-1),
    full_path: path,
    visibility: 'private',
    require_two_factor_authentication: false,
    two_factor_grace_period: 48,
    project_creation_level: 'developer',
    shared_with_groups: [],
    runners_token: 'GR1348941-demo-runners-token',
    parent_id: top ? null : 1,
    ...own,
    // Left out where the plan lacks it.
    ...(plan === 'free' ? {} : { ip_restriction_ranges: ranges }),
  };
}

/** Sites of Geo, the first of which is the primary one. */
export function geoSites({ geo = [] }: Estate): Fields[] {
  return geo.map(({ site }, index) => ({
    id: index + 1,
    primary: index === 0,
    enabled: true,
    current: index === 0,
    selective_sync_type: null,
    ...site,
  }));
}

export function geoStatuses({ geo = [] }: Estate): Fields[] {
  return geo.flatMap(({ status }, index) =>
    status === undefined
      ? []
      : [
          {
            geo_node_id: index + 1,
            container_repositories_replication_enabled: index === 0 ? null : true,
            container_repositories_failed_count: index === 0 ? null : 0,
            healthy: true,
            ...status,
          },
        ],
  );
}

/** What an administrator sees, of a great many settings. */
export const plainSettings: Fields = {
  require_two_factor_authentication: false,
  two_factor_grace_period: 48,
  password_authentication_enabled_for_web: true,
  password_authentication_enabled_for_git: true,
  signup_enabled: true,
  require_admin_approval_after_user_signup: true,
  container_registry_expiration_policies_worker_capacity: 4,
  default_project_visibility: 'private',
  globally_allowed_ips: '',
  container_registry_token_expire_delay: 5,
};
