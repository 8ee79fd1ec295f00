import type { RestReply, Route } from '../rest.ts';
import { configOf, hasFeature, settingsOf } from './defaults.ts';
import type { Estate } from './estate.ts';
import { listPage } from './pages.ts';
import { callerOf, demand, notFound, problem, unauthorized } from './rights.ts';

/** The calls about an instance as a whole, and about who is asking. */
export function instanceRoutes(estate: Estate, host: string): Route[] {
  const superuser = (
    name: string,
    path: string,
    answer: Route['answer'],
    mayRead = true,
  ): Route => ({
    name,
    method: 'GET',
    path,
    answer: (call) => {
      const caller = callerOf(estate, call);
      const su = caller.has('super:user') && estate.caller.kind === 'superuser';
      demand(caller, caller.readsAll || (su && mayRead));
      return answer(call);
    },
  });
  return [
    {
      name: 'getConfig',
      method: 'GET',
      path: '/config',
      answer: () => ({ json: configOf(estate, host) }),
    },
    {
      name: 'getLoggedInUser',
      method: 'GET',
      path: '/api/v1/user/',
      answer: (call) => {
        const caller = callerOf(estate, call);
        if (!caller.has('user:read')) {
          return problem(401, 'invalid_token', 'Requires authentication');
        }
        return { json: loggedIn(estate, caller.readsAll) };
      },
    },
    {
      name: 'getUserInformation',
      method: 'GET',
      path: '/api/v1/users/{namespace}',
      answer: ({ params }) => {
        const name = params['namespace'] ?? '';
        const users = (estate.users ?? []).map((user) => user.name);
        return users.includes(name) || estate.namespaces[name]?.user === true
          ? { json: { anonymous: false, username: name } }
          : notFound;
      },
    },
    superuser('listAllOrganizations', '/api/v1/superuser/organizations/', (call) =>
      listPage(
        estate,
        call,
        'organizations',
        organizations(estate).map((name) => ({ name })),
      ),
    ),
    superuser('listAllUsers', '/api/v1/superuser/users/', (call) => {
      if (Number(call.query.get('limit') ?? 0) > 100) {
        return problem(400, 'invalid_request', 'Page limit cannot be above 100');
      }
      return listPage(estate, call, 'users', (estate.users ?? []).map(accountOf(estate)));
    }),
    superuser(
      'listAllAppTokens',
      '/api/v1/superuser/apptokens',
      ({ query }): RestReply => ({
        json: {
          tokens: (estate.appTokens ?? []).map((token, index) => ({
            uuid: `00000000-0000-4000-8000-00000000000${index}`,
            last_accessed: null,
            created: new Date(estate.asOf).toUTCString(),
            ...token,
          })),
          only_expiring: query.get('expiring') === 'true',
        },
      }),
      false,
    ),
    superuser('getRegistryConfiguration', '/api/v1/superuser/config', () =>
      hasFeature(estate, 'SUPERUSER_CONFIGDUMP') ? { json: settingsOf(estate) } : unauthorized,
    ),
  ];
}

function organizations({ namespaces }: Estate): readonly string[] {
  return Object.keys(namespaces).filter((name) => namespaces[name]?.user !== true);
}

function accountOf({ caller }: Estate) {
  return ({ name, superuser = false, enabled = true }: NonNullable<Estate['users']>[number]) => ({
    kind: 'user',
    name,
    username: name,
    email: `${name}@example.com`,
    verified: true,
    super_user: superuser,
    global_readonly_super_user: name === caller.name && caller.kind === 'global-readonly',
    enabled,
  });
}

function loggedIn({ caller, namespaces }: Estate, readsAll: boolean) {
  const own = Object.entries(namespaces).filter(
    ([, { user, teams = {} }]) =>
      user !== true && Object.values(teams).some(({ members }) => members.includes(caller.name)),
  );
  return {
    anonymous: false,
    username: caller.name,
    organizations: own.map(([name]) => ({ name, can_create_repo: false, public: false })),
    ...(readsAll ? { global_readonly_super_user: true } : {}),
  };
}
