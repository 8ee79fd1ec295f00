import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import {
  accessTokens,
  deployTokens,
  geoSites,
  geoStatuses,
  groupFields,
  hooks,
  members,
  plainSettings,
  projectFields,
  rules,
} from './defaults.ts';
import type { Estate } from './estate.ts';
import { groupBy, type Numbered, projectBy, projectsOf, repositoriesIn } from './holdings.ts';
import { get, notFound, page, refusal } from './replies.ts';

/** The routes of what belongs to the whole instance. */
export function instanceRoutes(estate: Estate): Route[] {
  const { settings, administrators, asOf } = estate;
  const scopes = estate.scopes ?? ['read_api', 'read_registry'];
  const forAdministrators = (reply: () => RestReply): RestReply =>
    settings === undefined ? refusal(403, 'Forbidden') : reply();
  return [
    get(estate, 'getToken', '/personal_access_tokens/self', () => ({
      json: {
        id: 1,
        name: 'regaudit',
        revoked: false,
        active: true,
        user_id: 7,
        scopes,
        expires_at: asOf.slice(0, 10),
      },
    })),
    get(estate, 'getMetadata', '/metadata', () => ({
      json: { version: estate.version ?? '19.5.1-ee', revision: '4e963fe', enterprise: true },
    })),
    get(estate, 'getSettings', '/application/settings', () =>
      forAdministrators(() => ({ json: { id: 1, ...plainSettings, ...settings } })),
    ),
    get(estate, 'listAdministrators', '/users', (call) =>
      forAdministrators(() =>
        page(
          estate,
          call,
          members(administrators).map((one) => ({ is_admin: true, ...one })),
        ),
      ),
    ),
    get(estate, 'listGeoSites', '/geo_sites', (call) =>
      forAdministrators(() => page(estate, call, geoSites(estate))),
    ),
    get(estate, 'listGeoStatuses', '/geo_sites/status', (call) =>
      forAdministrators(() => page(estate, call, geoStatuses(estate))),
    ),
    get(estate, 'listGroups', '/groups', (call) => {
      const paths = Object.keys(estate.groups).filter((path) => !path.includes('/'));
      return page(
        estate,
        call,
        paths.map((path) => groupFields(path, groupBy(estate, path).id, estate)),
      );
    }),
  ];
}

/** The routes of groups. */
export function groupRoutes(estate: Estate): Route[] {
  const { plan = 'ultimate', asOf } = estate;
  const of = (
    name: string,
    path: string,
    answer: (found: ReturnType<typeof groupBy>, call: RestCall) => RestReply,
  ): Route =>
    get(estate, name, `/groups/{group}${path}`, (call) =>
      answer(groupBy(estate, call.params['group']), call),
    );
  const paid = (reply: () => RestReply): RestReply => {
    if (plan === 'free') throw notFound();
    return reply();
  };
  return [
    of('getGroup', '', ({ path, id }) => ({ json: groupFields(path, id, estate) })),
    of('listGroupMembers', '/members/all', ({ group }, call) =>
      page(estate, call, members(group.members)),
    ),
    of('listDirectMembers', '/members', ({ group }, call) =>
      page(estate, call, members(group.members?.filter(({ invited }) => invited !== true))),
    ),
    of('listGroupProjects', '/projects', ({ path }, call) =>
      page(
        estate,
        call,
        projectsOf(estate)
          .filter((one) => one.path.startsWith(`${path}/`))
          .map((one) => projectFields(one.path, one.id, one.project)),
      ),
    ),
    of('listGroupRepositories', '/registry/repositories', ({ path }, call) =>
      page(
        estate,
        call,
        repositoriesIn(estate, (one) => one.startsWith(`${path}/`)),
      ),
    ),
    of('listGroupDeployTokens', '/deploy_tokens', ({ group }, call) =>
      page(estate, call, deployTokens(group.deployTokens)),
    ),
    of('listGroupAccessTokens', '/access_tokens', ({ group }, call) =>
      page(estate, call, accessTokens(asOf, group.accessTokens)),
    ),
    of('listGroupHooks', '/hooks', ({ group }, call) =>
      paid(() => page(estate, call, hooks(group.hooks))),
    ),
    of('listGroupAuditEvents', '/audit_events', (_, call) =>
      paid(() => page(estate, call, [{ id: 1, entity_type: 'Group', created_at: asOf }])),
    ),
    of(
      'listVirtualRegistries',
      '/-/virtual_registries/container/registries',
      ({ group, id }, call) =>
        paid(() =>
          page(
            estate,
            call,
            (group.virtualRegistries ?? []).map(({ name }, index) => ({
              id: index + 1,
              group_id: id,
              name,
            })),
          ),
        ),
    ),
    get(
      estate,
      'listVirtualUpstreams',
      '/virtual_registries/container/registries/{registry}/upstreams',
      (call) => {
        const all = Object.values(estate.groups).flatMap((one) => one.virtualRegistries ?? []);
        const found = all[Number(call.params['registry']) - 1];
        if (found === undefined) throw notFound();
        return page(estate, call, found.upstreams);
      },
    ),
  ];
}

/** The routes of projects. */
export function projectRoutes(estate: Estate): Route[] {
  const { plan = 'ultimate', asOf, host } = estate;
  const of = (
    name: string,
    path: string,
    answer: (found: Numbered, call: RestCall) => RestReply,
  ): Route =>
    get(estate, name, `/projects/{project}${path}`, (call) =>
      answer(projectBy(estate, call.params['project']), call),
    );
  return [
    of('getProject', '', ({ path, id, project }) => ({ json: projectFields(path, id, project) })),
    of('listProjectRepositories', '/registry/repositories', ({ path }, call) =>
      page(
        estate,
        call,
        repositoriesIn(estate, (one) => one === path),
      ),
    ),
    of('listProjectMembers', '/members/all', ({ project }, call) =>
      page(estate, call, members(project.members)),
    ),
    of('listRepositoryRules', '/registry/protection/repository/rules', ({ project, id }, call) =>
      page(estate, call, rules(id, project.rules)),
    ),
    of('listDeployTokens', '/deploy_tokens', ({ project }, call) =>
      page(estate, call, deployTokens(project.deployTokens)),
    ),
    of('listAccessTokens', '/access_tokens', ({ project }, call) =>
      page(estate, call, accessTokens(asOf, project.accessTokens)),
    ),
    of('getJobTokenScope', '/job_token_scope', ({ project }) => ({
      json: { inbound_enabled: project.jobTokens?.limited ?? true, outbound_enabled: false },
    })),
    of('listJobTokenProjects', '/job_token_scope/allowlist', ({ project }, call) =>
      page(
        estate,
        call,
        (project.jobTokens?.projects ?? []).map((path, index) => ({
          id: index + 1,
          name: path,
          path_with_namespace: path,
          web_url: `https://${host}/${path}`,
        })),
      ),
    ),
    of('listJobTokenGroups', '/job_token_scope/groups_allowlist', ({ project }, call) =>
      page(
        estate,
        call,
        (project.jobTokens?.groups ?? []).map((path, index) => ({
          id: index + 1,
          name: path,
          web_url: `https://${host}/groups/${path}`,
        })),
      ),
    ),
    of('listHooks', '/hooks', ({ project }, call) => page(estate, call, hooks(project.hooks))),
    of('getSecuritySettings', '/security_settings', ({ project, id }) => {
      if (plan !== 'ultimate') throw new Refused(refusal(404, 'Not Found'));
      return {
        json: {
          project_id: id,
          created_at: asOf,
          updated_at: asOf,
          continuous_vulnerability_scans_enabled: false,
          container_scanning_for_registry_enabled: false,
          secret_push_protection_enabled: true,
          ...project.security,
        },
      };
    }),
  ];
}
