import type { RestCall, RestReply, Route } from '../rest.ts';
import {
  asked,
  mustBeOurs,
  mustBePerson,
  page,
  refuse,
  secrets,
  session,
  signedIn,
} from './answering.ts';
import { digestOf, platformsOf } from './digest.ts';
import type { HubEstate, HubImage, HubRepository } from './estate.ts';

/** The Docker Hub API as far as it is asked (API reference; Docker's own clients where that is silent). */
export function hubRoutes(estate: HubEstate): Route[] {
  const route = (
    name: string,
    path: string,
    answer: (call: RestCall) => RestReply,
    method: Route['method'] = 'GET',
  ): Route => ({ name, method, path, answer });
  const repository = '/v2/namespaces/{namespace}/repositories/{repository}';
  const organization = '/v2/orgs/{namespace}';
  const webhooks = (call: RestCall) => page(pipelines(asked(call, estate).found), call, estate);
  return [
    route('AuthCreateAccessToken', '/v2/auth/token', (call) => signIn(call, estate), 'POST'),
    route('ListRepositories', '/v2/namespaces/{namespace}/repositories', (call) => {
      const all = signedIn(call) && estate.caller.seesPrivate;
      const seen = Object.entries(estate.repositories).filter(([, one]) => all || !one.private);
      return page(
        seen.map(([name, one]) => entry(name, one, estate)),
        call,
        estate,
      );
    }),
    route('GetRepository', repository, (call) => {
      const { name, found } = asked(call, estate);
      return { json: detail(name, found, estate) };
    }),
    route('ListRepositoryTeams', `${repository}/groups`, (call) => {
      const teams = Object.entries(asked(call, estate).found.teams ?? {});
      const rows = teams.map(([group_name, permission], index) => ({
        group_id: index + 1,
        group_name,
        permission,
      }));
      return page(rows, call, estate);
    }),
    route('ListWebhooks', `${repository}/webhook_pipeline`, webhooks),
    route('ListWebhooks', '/v2/repositories/{namespace}/{repository}/webhook_pipeline/', (call) => {
      mustBePerson(call, estate);
      return webhooks(call);
    }),
    route('ListTags', `${repository}/tags`, (call) =>
      page(tags(asked(call, estate).found), call, estate),
    ),
    ...organizationRoutes(estate, organization, route),
  ];
}

function organizationRoutes(
  estate: HubEstate,
  path: string,
  route: (name: string, path: string, answer: (call: RestCall) => RestReply) => Route,
): Route[] {
  const { members, caller, namespace } = estate;
  const ofOrganization = (call: RestCall) => {
    mustBeOurs(call, estate);
    if (members === undefined) refuse(404, 'object not found');
  };
  const ofOwner = (call: RestCall) => {
    mustBePerson(call, estate);
    ofOrganization(call);
    if (caller.role !== 'Owner') refuse(403, 'forbidden');
  };
  const tokens = (estate.tokens ?? []).map((token) => ({
    ...organizationToken(token, caller.username),
  }));
  return [
    route('ListMemberships', '/v2/user/orgs', (call) => {
      mustBePerson(call, estate);
      return page(caller.role === undefined ? [] : [membership(estate, caller.role)], call, estate);
    }),
    route('ListMembers', `${path}/members`, (call) => {
      ofOrganization(call);
      return page((members ?? []).map(member), call, estate);
    }),
    route('ListInvites', `${path}/invites`, (call) => {
      ofOrganization(call);
      const sent = { org: namespace, inviter_username: 'moby', created_at: estate.asOf };
      const data = (estate.invites ?? []).map((invite, index) => ({
        id: `${index}`,
        ...sent,
        ...invite,
      }));
      return { json: { data } };
    }),
    route('ListOrgAccessTokens', `${path}/access-tokens`, (call) => {
      ofOwner(call);
      return page(tokens, call, estate, 'total');
    }),
    route('GetOrgAccessToken', `${path}/access-tokens/{id}`, (call) => {
      ofOwner(call);
      const index = tokens.findIndex(({ id }) => id === call.params['id']);
      const resources = estate.tokens?.[index]?.resources;
      if (resources === undefined) return refuse(404, 'object not found');
      return { json: { ...tokens[index], resources } };
    }),
    route('ListPersonalAccessTokens', '/v2/access-tokens', (call) => {
      mustBePerson(call, estate);
      return page((estate.personalTokens ?? []).map(personalToken), call, estate);
    }),
    route('ListAuditLogs', '/v2/auditlogs/{namespace}', (call) => {
      mustBeOurs(call, estate);
      if (estate.log === undefined) return refuse(403, 'forbidden');
      const size = Number(call.query.get('page_size') ?? '25');
      return { json: { logs: estate.log.slice(0, size).map((action) => event(action, estate)) } };
    }),
  ];
}

function signIn({ body }: RestCall, { caller }: HubEstate): RestReply {
  const { identifier, secret }: Record<string, unknown> = JSON.parse(body);
  if (identifier === caller.username && secret === secrets[caller.credential]) {
    return { json: { access_token: session } };
  }
  return refuse(401, 'Incorrect authentication credentials');
}

const born = '2024-01-15T10:00:00Z';

function entry(name: string, { private: is_private, type }: HubRepository, estate: HubEstate) {
  return {
    name,
    namespace: estate.namespace,
    repository_type: type ?? null,
    status: 1,
    status_description: 'active',
    description: '',
    is_private,
    star_count: 0,
    pull_count: 12,
    last_updated: estate.asOf,
    last_modified: estate.asOf,
    date_registered: born,
    affiliation: '',
    media_types: ['application/vnd.oci.image.index.v1+json'],
    content_types: ['image'],
    categories: [],
    storage_size: 1024,
  };
}

function detail(name: string, repository: HubRepository, estate: HubEstate) {
  const { immutableTags = { enabled: false, rules: [] }, collaborators = 0 } = repository;
  return {
    ...entry(name, repository, estate),
    user: estate.namespace,
    hub_user: estate.namespace,
    is_automated: false,
    collaborator_count: collaborators,
    has_starred: false,
    full_description: null,
    permissions: { read: true, write: false, admin: false },
    immutable_tags_settings: immutableTags,
    source: null,
  };
}

function pipelines({ webhooks = [] }: HubRepository) {
  return webhooks.map((hook_url, index) => ({
    name: `hook ${index + 1}`,
    slug: `hook-${index + 1}`,
    expect_final_callback: false,
    webhooks: [{ name: `hook ${index + 1}`, hook_url }],
  }));
}

/** The newest first, as the API does without promising it. */
function tags({ images = [] }: HubRepository) {
  return images
    .flatMap((image) => image.tags.map((name) => ({ name, image })))
    .sort((a, b) => b.image.pushedAt.localeCompare(a.image.pushedAt))
    .map(({ name, image }, index) => tag(name, image, index));
}

function tag(name: string, image: HubImage, index: number) {
  return {
    id: index + 1,
    name,
    repository: 1,
    creator: 1,
    last_updater: 1,
    last_updater_username: 'moby',
    last_updated: image.pushedAt,
    full_size: 1024,
    v2: 'true',
    status: 'active',
    tag_status: 'active',
    tag_last_pushed: image.pushedAt,
    tag_last_pulled: null,
    digest: digestOf(image.name),
    media_type: 'application/vnd.oci.image.index.v1+json',
    content_type: 'image',
    images: platformsOf(image).map(({ os, architecture, digest }) => ({
      os,
      architecture,
      digest,
      features: '',
      variant: '',
      os_features: '',
      os_version: '',
      size: 1024,
      status: 'active',
      last_pushed: image.pushedAt,
      last_pulled: null,
    })),
  };
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
    // One that never ends has no such field.
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
