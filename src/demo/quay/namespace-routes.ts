import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import { hasFeature } from './defaults.ts';
import type { Estate, Namespace } from './estate.ts';
import { listPage } from './pages.ts';
import {
  administers,
  type Caller,
  callerOf,
  demand,
  gated,
  isMember,
  notFound,
  sees,
} from './rights.ts';

const twoWeeks = 1_209_600;

interface Asked {
  readonly name: string;
  readonly namespace: Namespace;
  readonly caller: Caller;
  readonly call: RestCall;
}

/** The calls about one organization, and the list of repositories. */
export function namespaceRoutes(estate: Estate): Route[] {
  const at = (name: string, below: string, answer: (asked: Asked) => RestReply): Route => ({
    name,
    method: 'GET',
    path: `/api/v1/organization/{namespace}${below}`,
    answer: (call) => answer(askedIn(estate, call)),
  });
  const administered = (name: string, below: string, answer: (asked: Asked) => RestReply) =>
    at(name, below, (asked) => {
      demand(asked.caller, administers(asked.namespace, asked.caller));
      return answer(asked);
    });
  const on = (feature: string) => hasFeature(estate, feature);
  const shared =
    (key: string) =>
    (list: readonly unknown[] = []) => ({ json: { [key]: list } });
  const policies = shared('policies');
  return [
    {
      name: 'getOrganizationMembers',
      method: 'GET',
      path: '/api/v1/organization/{namespace}/members',
      answer: (call) => {
        const caller = callerOf(estate, call);
        const namespace = estate.namespaces[call.params['namespace'] ?? ''];
        const there = namespace !== undefined && namespace.user !== true;
        demand(caller, caller.readsAll || (there && administers(namespace, caller)));
        return there ? { json: { members: membersOf(namespace) } } : notFound;
      },
    },
    at('getOrganization', '', (asked) => ({ json: organization(asked) })),
    administered('getOrgRobots', '/robots', ({ namespace, call }) => ({
      json: { robots: robots(estate, namespace, call) },
    })),
    administered('getOrganizationApplications', '/applications', ({ namespace, caller }) => ({
      json: {
        applications: (namespace.applications ?? []).map(({ name, id }) => ({
          name,
          description: '',
          application_uri: '',
          client_id: id,
          client_secret: caller.readsAll ? null : 'FAKEFAKEFAKE',
          redirect_uri: null,
          avatar_email: null,
        })),
      },
    })),
    administered(
      'listOrganizationApplicationTokens',
      '/applications/{application}/tokens',
      ({ namespace, call }) => {
        const found = namespace.applications?.find(({ id }) => id === call.params['application']);
        return found === undefined ? notFound : listPage(estate, call, 'tokens', found.tokens);
      },
    ),
    administered('getOrganizationCollaborators', '/collaborators', ({ namespace }) => ({
      json: {
        collaborators: (namespace.collaborators ?? []).map((name) => ({
          kind: 'user',
          name,
          repositories: [],
        })),
      },
    })),
    at('getOrganizationTeamMembers', '/team/{team}/members', ({ namespace, caller, call }) => {
      const name = call.params['team'] ?? '';
      const team = namespace.teams?.[name];
      const within = team?.members.includes(caller.name) === true;
      demand(caller, administers(namespace, caller) || within);
      if (team === undefined) return notFound;
      return { json: { name, members: teamMembers(team), can_edit: false } };
    }),
    gated(
      on('AUTO_PRUNE'),
      administered('listOrganizationAutoPrunePolicies', '/autoprunepolicy/', ({ namespace }) =>
        policies(namespace.autoprune),
      ),
    ),
    gated(
      on('IMMUTABLE_TAGS'),
      administered('listOrgImmutabilityPolicies', '/immutabilitypolicy/', ({ namespace }) =>
        policies(namespace.immutability),
      ),
    ),
    gated(
      on('PROXY_CACHE'),
      at('getProxyCacheConfig', '/proxycache', ({ namespace, caller }) => {
        demand(caller, administers(namespace, caller) || isMember(namespace, caller.name));
        const none = { upstream_registry: '', expiration_s: '', insecure: '' };
        return { json: namespace.proxycache ?? none };
      }),
    ),
    gated(
      on('ORG_MIRROR'),
      administered('getOrgMirrorConfig', '/mirror', ({ namespace }) =>
        namespace.mirror === undefined ? notFound : { json: namespace.mirror },
      ),
    ),
    ...(['listRepos', 'listPublicRepos'] as const).map(
      (name): Route => ({
        name,
        method: 'GET',
        path: '/api/v1/repository',
        only: ({ headers }) =>
          (headers['authorization'] === undefined) === (name === 'listPublicRepos'),
        answer: (call) => repositories(estate, call),
      }),
    ),
  ];
}

function askedIn(estate: Estate, call: RestCall): Asked {
  const name = call.params['namespace'] ?? '';
  const namespace = Object.hasOwn(estate.namespaces, name) ? estate.namespaces[name] : undefined;
  if (namespace === undefined || namespace.user === true) throw new Refused(notFound);
  return { name, namespace, caller: callerOf(estate, call), call };
}

function organization({ name, namespace, caller }: Asked) {
  const admin = administers(namespace, caller);
  const member = admin || (caller.has('org:admin') && isMember(namespace, caller.name));
  const teams = Object.entries(namespace.teams ?? {}).map(([key, { role, members }]) => [
    key,
    {
      name: key,
      description: '',
      role,
      can_view: admin,
      repo_count: 0,
      member_count: members.length,
      is_synced: false,
    },
  ]);
  return {
    name,
    email: admin ? `${name}@example.com` : '',
    is_admin: admin,
    is_member: member,
    ...(member
      ? { teams: Object.fromEntries(teams), ordered_teams: teams.map(([key]) => key) }
      : {}),
    ...(admin
      ? { tag_expiration_s: namespace.tagExpiration ?? twoWeeks, is_free_account: true }
      : {}),
  };
}

function membersOf({ teams = {} }: Namespace) {
  const people = new Set(
    Object.values(teams).flatMap(({ members }) => members.filter((one) => !one.includes('+'))),
  );
  return [...people].map((name) => ({
    name,
    kind: 'user',
    teams: Object.entries(teams).flatMap(([team, { members }]) =>
      members.includes(name) ? [{ name: team }] : [],
    ),
    repositories: [],
  }));
}

function teamMembers({ members, invited = [] }: NonNullable<Namespace['teams']>[string]) {
  const entry = (name: string, asked: boolean) => ({
    name,
    kind: 'user',
    is_robot: name.includes('+'),
    invited: asked,
  });
  return [
    ...members.map((name) => entry(name, false)),
    ...invited.map((name) => entry(name, true)),
  ];
}

/** Without `token=false` Quay hands out the secrets of the robots to whoever owns them. */
function robots({ asOf }: Estate, { robots: all = [] }: Namespace, { query }: RestCall) {
  return all.map((robot) => ({
    created: new Date(asOf).toUTCString(),
    last_accessed: null,
    description: '',
    ...(query.get('permissions') === 'true' ? { teams: [], repositories: [] } : {}),
    ...(query.get('token') === 'false' ? {} : { token: 'FAKEFAKEFAKE' }),
    ...robot,
  }));
}

function repositories(estate: Estate, call: RestCall): RestReply {
  const caller = callerOf(estate, call);
  const name = call.query.get('namespace') ?? '';
  const namespace = estate.namespaces[name];
  const seen = Object.entries(namespace?.repositories ?? {}).flatMap(([repository, one]) => {
    if (namespace === undefined || !sees(name, namespace, one, caller)) return [];
    return [
      {
        namespace: name,
        name: repository,
        description: '',
        is_public: one.public === true,
        kind: one.kind ?? 'image',
        state: one.state ?? 'NORMAL',
      },
    ];
  });
  return listPage(estate, call, 'repositories', seen);
}
