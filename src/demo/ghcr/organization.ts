import type { RestCall, Route } from '../rest.ts';
import type { GhcrEstate, GhcrToken } from './estate.ts';
import { headersFor, may, ownersOnly, page, refusal, refuse, tokenOf } from './replies.ts';
import { account, hookAnswer } from './shapes.ts';

const members = ['read:org', 'write:org', 'admin:org'];
const administration = ['admin:org'];

/** What GitHub tells of an owner, and of an organization to those who may read it. */
export function organizationRoutes(estate: GhcrEstate): Route[] {
  const { login } = estate.owner;
  const get = (
    name: string,
    path: string,
    answer: (call: RestCall, token: GhcrToken) => ReturnType<Route['answer']>,
    only?: Route['only'],
  ): Route => ({
    name,
    method: 'GET',
    path,
    ...(only === undefined ? {} : { only }),
    answer: (call) => {
      const token = tokenOf(call, estate);
      const { org } = call.params;
      if (org !== undefined && (org !== login.toLowerCase() || estate.owner.type === 'User')) {
        return refuse(404, 'Not Found');
      }
      const reply = answer(call, token);
      return { ...reply, headers: { ...headersFor(token), ...reply.headers } };
    },
  });
  return [
    get('getOwner', '/users/{username}', ({ params }) =>
      params['username'] === login.toLowerCase()
        ? { json: account(login, estate.owner.type) }
        : refusal(404, 'Not Found'),
    ),
    get('getCaller', '/user', (_, token) => {
      if (token.login === undefined) return refusal(403, 'Resource not accessible by integration');
      const { userSecondFactor } = estate;
      const secret =
        may(token, ['user'], '') && userSecondFactor !== undefined
          ? { two_factor_authentication: userSecondFactor }
          : {};
      return { json: { ...account(token.login, 'User'), ...secret } };
    }),
    get('listOrganizations', '/user/orgs', (call) =>
      page([{ login, id: 1, description: null }], call, estate),
    ),
    get('getOrganization', '/orgs/{org}', (_, token) => {
      const seen =
        token.role === 'owner' && may(token, administration, 'organization_administration');
      return {
        json: {
          ...account(login, 'Organization'),
          description: null,
          ...(seen ? ofOwners(estate) : {}),
        },
      };
    }),
    get(
      'listOwners',
      '/orgs/{org}/members',
      (call, token) => {
        const all = may(token, members, 'members') && token.role !== 'stranger';
        return page(all ? accounts(estate.owners) : [], call, estate);
      },
      ({ query }) => query.get('role') === 'admin',
    ),
    get(
      'listInsecureMembers',
      '/orgs/{org}/members',
      (call, token) =>
        token.role === 'owner' && may(token, members, 'members')
          ? page(accounts(estate.insecureMembers), call, estate)
          : refusal(422, 'Only owners can use this filter.'),
      ({ query }) => query.get('filter') === '2fa_disabled',
    ),
    get('listOutsideCollaborators', '/orgs/{org}/outside_collaborators', (call, token) => {
      if (!may(token, members, 'members')) return refusal(403, 'Must have read:org');
      return page(accounts(estate.outsideCollaborators), call, estate);
    }),
    get('listInstallations', '/orgs/{org}/installations', (call, token) => {
      ownersOnly(token, administration, 'organization_administration');
      const all = (estate.installations ?? []).map(({ app, permissions, suspendedAt }, index) => ({
        id: index + 1,
        app_slug: app,
        permissions,
        repository_selection: 'all',
        suspended_at: suspendedAt ?? null,
      }));
      return page(all, call, estate, (installations) => ({
        total_count: all.length,
        installations,
      }));
    }),
    get('getActionsPolicy', '/orgs/{org}/actions/permissions', (_, token) => {
      ownersOnly(token, administration, 'organization_administration');
      const { enabled, allowed, pinned } = estate.actions ?? { enabled: 'all', allowed: 'all' };
      return {
        json: {
          enabled_repositories: enabled,
          ...(allowed === undefined ? {} : { allowed_actions: allowed }),
          sha_pinning_required: pinned ?? false,
        },
      };
    }),
    get('listOrganizationHooks', '/orgs/{org}/hooks', (call, token) => {
      ownersOnly(token, ['admin:org_hook'], 'organization_hooks');
      return page((estate.hooks ?? []).map(hookAnswer), call, estate);
    }),
    get('listAuthorizedCredentials', '/orgs/{org}/credential-authorizations', (call, token) => {
      ownersOnly(token, members, 'organization_administration');
      if (estate.singleSignOn === undefined) return refusal(404, 'Not Found');
      return page(estate.credentials ?? [], call, estate);
    }),
    get('listAuditLog', '/orgs/{org}/audit-log', (call, token) => {
      ownersOnly(token, ['read:audit_log', 'admin:org'], 'organization_administration');
      if (estate.plan !== 'enterprise') return refusal(404, 'Not Found');
      const event = {
        '@timestamp': 1_793_000_000_000,
        action: 'packages.package_version_published',
      };
      return page([event], call, estate);
    }),
    get('listAuditStreams', '/enterprises/{enterprise}/audit-log/streams', ({ params }, token) => {
      ownersOnly(token, ['read:audit_log', 'admin:enterprise'], 'enterprise_administration');
      return params['enterprise'] === estate.enterprise
        ? { json: estate.streams ?? [] }
        : refusal(404, 'Not Found');
    }),
    {
      name: 'queryEnterprise',
      method: 'POST',
      path: '/graphql',
      only: ({ body }) => body.includes('enterprise('),
      answer: (call) => {
        const token = tokenOf(call, estate);
        const { slug, after } = JSON.parse(call.body).variables;
        const { organizations = [login], hidden = 0 } = estate.inEnterprise ?? {};
        const place = after === null ? 0 : Number(after);
        const shown = organizations.slice(place, place + 1);
        const enterprise = {
          slug,
          organizations: {
            totalCount: organizations.length + hidden,
            pageInfo: {
              hasNextPage: place + 1 < organizations.length,
              endCursor: String(place + 1),
            },
            nodes: shown.map((name) => ({ login: name })),
          },
        };
        const seen = slug === estate.enterprise && may(token, ['read:enterprise'], 'members');
        return {
          headers: headersFor(token),
          json: { data: { enterprise: seen ? enterprise : null } },
        };
      },
    },
    {
      name: 'querySingleSignOn',
      method: 'POST',
      path: '/graphql',
      answer: (call) => {
        const token = tokenOf(call, estate);
        const seen = token.role === 'owner' && may(token, members, 'members');
        const { singleSignOn } = estate;
        // To everybody else it is null as well.
        const samlIdentityProvider =
          seen && singleSignOn !== undefined ? { id: singleSignOn } : null;
        return {
          headers: headersFor(token),
          json: { data: { organization: { login, samlIdentityProvider } } },
        };
      },
    },
  ];
}

function accounts(logins: readonly string[] = []) {
  return logins.map((login) => account(login, 'User'));
}

function ofOwners({ requiresSecondFactor, basePermission, plan }: GhcrEstate) {
  return {
    two_factor_requirement_enabled: requiresSecondFactor ?? null,
    default_repository_permission: basePermission ?? 'read',
    ...(plan === undefined ? {} : { plan: { name: plan, space: 1, private_repos: 1 } }),
  };
}
