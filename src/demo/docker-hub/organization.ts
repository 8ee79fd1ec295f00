import type { RestCall, Route } from '../rest.ts';
import { born, get, mustBeOurs, mustNotBe, page, refuse } from './answering.ts';
import { digestOf } from './digest.ts';
import type { HubEstate } from './estate.ts';

/** Members and audit log of an organization, and the role of the caller. */
export function organizationRoutes(estate: HubEstate): Route[] {
  const { members = [], caller, namespace } = estate;
  return [
    get('ListMemberships', '/v2/user/orgs', (call) => {
      mustNotBe(call, estate, 'organization-token');
      return page(caller.role === undefined ? [] : [membership(estate, caller.role)], call, estate);
    }),
    get('ListMembers', `${organization}/members`, (call) => {
      mustBeOrganization(call, estate);
      return page(members.map(member), call, estate);
    }),
    get('ListInvites', `${organization}/invites`, (call) => {
      mustBeOrganization(call, estate);
      const sent = { org: namespace, inviter_username: 'moby', created_at: estate.asOf };
      const invites = estate.invites ?? [];
      return { json: { data: invites.map((one, id) => ({ id: `${id}`, ...sent, ...one })) } };
    }),
    get('ListAuditLogs', '/v2/auditlogs/{namespace}', (call) => {
      mustNotBe(call, estate, 'personal-token');
      mustBeOurs(call, estate);
      if (estate.log === undefined) return refuse(403, 'forbidden');
      const size = Number(call.query.get('page_size') ?? '25');
      return { json: { logs: estate.log.slice(0, size).map((action) => event(action, estate)) } };
    }),
  ];
}

/** Access tokens: of the organization, which owners can list, and of the caller. */
export function tokenRoutes(estate: HubEstate): Route[] {
  const { caller, tokens = [], personalTokens = [] } = estate;
  const listed = tokens.map((token) => organizationToken(token, caller.username));
  const mustBeOwner = (call: RestCall) => {
    mustNotBe(call, estate, 'organization-token', 'personal-token');
    mustBeOrganization(call, estate);
    if (caller.role !== 'Owner') refuse(403, 'forbidden');
  };
  return [
    get('ListOrgAccessTokens', `${organization}/access-tokens`, (call) => {
      mustBeOwner(call);
      return page(listed, call, estate, 'total');
    }),
    get('GetOrgAccessToken', `${organization}/access-tokens/{id}`, (call) => {
      mustBeOwner(call);
      const index = listed.findIndex(({ id }) => id === call.params['id']);
      const resources = tokens[index]?.resources;
      if (resources === undefined) return refuse(404, 'object not found');
      return { json: { ...listed[index], resources } };
    }),
    get('ListPersonalAccessTokens', '/v2/access-tokens', (call) => {
      mustNotBe(call, estate, 'organization-token', 'personal-token');
      return page(personalTokens.map(personalToken), call, estate);
    }),
  ];
}

const organization = '/v2/orgs/{namespace}';

function mustBeOrganization(call: RestCall, estate: HubEstate): void {
  mustNotBe(call, estate, 'personal-token');
  mustBeOurs(call, estate);
  if (estate.members === undefined) refuse(404, 'object not found');
}

function member({
  username,
  role,
  guest = false,
  teams = [],
}: NonNullable<HubEstate['members']>[number]) {
  return {
    id: '0ab70deb065a43fcacd55d48caa945d8',
    username,
    full_name: '',
    company: '',
    location: '',
    type: 'User',
    date_joined: born,
    email: `${username}@example.com`,
    role,
    groups: teams,
    is_guest: guest,
  };
}

function membership({ namespace, company, asOf }: HubEstate, role: string) {
  return {
    id: '0ab70deb065a43fcacd55d48caa945d8',
    orgname: namespace,
    full_name: namespace,
    date_joined: asOf,
    type: 'Org',
    is_active: true,
    user_role: role,
    user_groups: [],
    org_groups_count: 1,
    plan_name: company === undefined ? 'team' : 'business',
    parent_name: company ?? null,
  };
}

type Token = NonNullable<HubEstate['tokens']>[number];

function organizationToken({ label, active = true, ...token }: Token, created_by: string) {
  return {
    id: digestOf(label).slice(7, 43),
    label,
    created_by,
    is_active: active,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    last_used_at: token.lastUsedAt,
  };
}

function personalToken(token: NonNullable<HubEstate['personalTokens']>[number]) {
  const { label, active = true, expiresAt } = token;
  return {
    uuid: digestOf(label).slice(7, 43),
    client_id: 'HUB',
    creator_ip: '127.0.0.1',
    creator_ua: '',
    created_at: token.createdAt,
    last_used: token.lastUsedAt,
    generated_by: 'manual',
    is_active: active,
    token: '',
    token_label: label,
    scopes: token.scopes,
    // A token that never expires has no such field.
    ...(expiresAt === null ? {} : { expires_at: expiresAt }),
  };
}

function event(action: string, { namespace, asOf }: HubEstate) {
  return {
    account: namespace,
    action,
    name: namespace,
    actor: 'moby',
    data: {},
    timestamp: asOf,
    action_description: '',
  };
}
