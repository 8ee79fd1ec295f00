import type { RestCall, RestReply, Route } from '../rest.ts';
import { bundleOf, digestOf, manifestOf, storedOf } from './content.ts';
import type { GhcrEstate, GhcrPackage } from './estate.ts';
import { headersFor, may, page, refusal, refuse, tokenOf } from './replies.ts';
import { account, hookAnswer } from './shapes.ts';

const born = '2024-01-15T10:00:00Z';

/** Packages, their versions, the repositories that they are linked to, and attestations. */
export function packageRoutes(estate: GhcrEstate): Route[] {
  const below = estate.owner.type === 'User' ? '/users/{username}' : '/orgs/{org}';
  const list = (name: string, type: 'container' | 'docker'): Route => ({
    name,
    method: 'GET',
    path: `${below}/packages`,
    only: ({ query }) => query.get('package_type') === type,
    answer: (call) => {
      const headers = mayReadPackages(call, estate);
      const reply = page(type === 'docker' ? legacyOf(estate) : packagesOf(estate), call, estate);
      return { ...reply, headers: { ...headers, ...reply.headers } };
    },
  });
  return [
    list('listPackages', 'container'),
    list('listLegacyPackages', 'docker'),
    {
      name: 'listVersions',
      method: 'GET',
      path: `${below}/packages/container/{name}/versions`,
      answer: (call) => {
        const headers = mayReadPackages(call, estate);
        const reply = page(versionsOf(packageIn(call, estate)), call, estate);
        return { ...reply, headers: { ...headers, ...reply.headers } };
      },
    },
    ...repositoryRoutes(estate),
    {
      name: 'listAttestations',
      method: 'POST',
      path: `${below}/attestations/bulk-list`,
      answer: (call) => attestations(call, estate),
    },
    {
      name: 'listRepositoryAttestations',
      method: 'GET',
      path: '/repos/{owner}/{repo}/attestations/{digest}',
      answer: (call) => {
        const { id } = repositoryIn(call, estate);
        mayReadAttestations(call, estate);
        const all = attestedBy(estate, call.params['digest'] ?? '');
        return { json: { attestations: all.filter(({ repository_id }) => repository_id === id) } };
      },
    },
  ];
}

function mayReadPackages(call: RestCall, estate: GhcrEstate): Record<string, string> {
  const token = tokenOf(call, estate);
  if (token.kind === 'fine-grained')
    refuse(403, 'Resource not accessible by personal access token');
  if (!may(token, ['read:packages', 'write:packages'], 'packages')) {
    refuse(403, 'You need at least read:packages scope to list packages.');
  }
  return headersFor(token);
}

/** Who is no owner is shown what is open to them: here what is not private. */
function packagesOf(estate: GhcrEstate) {
  const { owner, tokens, repositories } = estate;
  return Object.entries(estate.packages)
    .filter(([, { visibility }]) => tokens.packages.role === 'owner' || visibility !== 'private')
    .map(([name, found], index) => {
      const linked = found.repository === undefined ? undefined : repositories[found.repository];
      return {
        ...packageAnswer(estate, name, 'container', index),
        visibility: found.visibility,
        version_count: storedOf(found).filter(({ isVersion }) => isVersion).length,
        ...(linked === undefined
          ? {}
          : {
              repository: {
                id: linked.id,
                name: found.repository?.split('/')[1],
                full_name: found.repository,
                private: linked.private,
                owner: account(owner.login, owner.type),
              },
            }),
      };
    });
}

function legacyOf(estate: GhcrEstate) {
  return Object.entries(estate.legacy ?? {}).map(([name, visibility], index) => ({
    ...packageAnswer(estate, name, 'docker', index),
    visibility,
    version_count: 1,
  }));
}

function packageAnswer({ owner }: GhcrEstate, name: string, type: string, index: number) {
  const url = `https://api.github.com/orgs/${owner.login}/packages/${type}/${encodeURIComponent(name)}`;
  return {
    id: index + 1,
    name,
    package_type: type,
    owner: account(owner.login, owner.type),
    url,
    html_url: `https://github.com/orgs/${owner.login}/packages/${type}/package/${name}`,
    created_at: born,
    updated_at: born,
  };
}

function packageIn({ params }: RestCall, { packages }: GhcrEstate): GhcrPackage {
  const name = params['name'] ?? '';
  return Object.hasOwn(packages, name) ? (packages[name] as GhcrPackage) : refuse(404, 'Not Found');
}

/** Newest first, as GitHub has them; attachments are versions like any other. */
function versionsOf(found: GhcrPackage) {
  return storedOf(found)
    .filter(({ isVersion }) => isVersion)
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map(({ content, tags, createdAt }, index) => {
      const url = `https://api.github.com/versions/${index + 1}`;
      return {
        id: index + 1,
        name: digestOf(content),
        url,
        package_html_url: url,
        created_at: createdAt,
        updated_at: createdAt,
        metadata: { package_type: 'container', container: { tags } },
      };
    });
}

function repositoryIn({ params }: RestCall, { repositories }: GhcrEstate) {
  const found = repositories[`${params['owner']}/${params['repo']}`];
  return found ?? refuse(404, 'Not Found');
}

const order = ['pull', 'triage', 'push', 'maintain', 'admin'] as const;
const roles: Readonly<Record<string, (typeof order)[number]>> = {
  read: 'pull',
  triage: 'triage',
  write: 'push',
  maintain: 'maintain',
  admin: 'admin',
};

function repositoryRoutes(estate: GhcrEstate): Route[] {
  const get = (
    name: string,
    below: string,
    scopes: readonly string[],
    permission: string,
    answer: Route['answer'],
  ): Route => ({
    name,
    method: 'GET',
    path: `/repos/{owner}/{repo}${below}`,
    answer: (call) => {
      const token = tokenOf(call, estate);
      if (!may(token, ['repo', ...scopes], permission)) return refusal(404, 'Not Found');
      return answer(call);
    },
  });
  return [
    get('listCollaborators', '/collaborators', [], 'metadata', (call) => {
      const people = repositoryIn(call, estate).collaborators.map(
        ({ login, role, type = 'User' }) => {
          const most = order.indexOf(roles[role] ?? 'pull');
          const permissions = Object.fromEntries(order.map((level, at) => [level, at <= most]));
          return { ...account(login, type), permissions, role_name: role };
        },
      );
      return page(people, call, estate);
    }),
    get(
      'getWorkflowPermissions',
      '/actions/permissions/workflow',
      [],
      'administration',
      (call) => ({
        json: {
          default_workflow_permissions: repositoryIn(call, estate).workflows,
          can_approve_pull_request_reviews: false,
        },
      }),
    ),
    get('listRepositoryHooks', '/hooks', ['read:repo_hook'], 'repository_hooks', (call) =>
      page((repositoryIn(call, estate).hooks ?? []).map(hookAnswer), call, estate),
    ),
  ];
}

function mayReadAttestations(call: RestCall, estate: GhcrEstate): void {
  const token = tokenOf(call, estate);
  if (!may(token, ['repo'], 'attestations')) refuse(403, 'Resource not accessible by this token');
}

/** What GitHub keeps of a digest and shows the token. */
function attestedBy(estate: GhcrEstate, digest: string) {
  const images = Object.values(estate.packages).flatMap((found) => found.images ?? []);
  return images
    .filter((image) => digestOf(manifestOf(image)) === digest)
    .flatMap(({ attested = [] }) => attested)
    .filter(({ hidden }) => hidden !== true)
    .map(({ repositoryId, predicate, of, withoutBundle }) => ({
      repository_id: repositoryId,
      bundle_url: 'https://attestations.example.org/1.json.sn',
      ...(withoutBundle === true
        ? {}
        : {
            bundle: bundleOf(
              of === undefined ? digest : digestOf(manifestOf({ name: of })),
              predicate,
            ),
          }),
    }));
}

/** Pages are counted in attestations, and a digest may go on on the next. */
function attestations(call: RestCall, estate: GhcrEstate): RestReply {
  mayReadAttestations(call, estate);
  const { subject_digests: digests } = JSON.parse(call.body) as { subject_digests: string[] };
  const all = digests.flatMap((digest) =>
    attestedBy(estate, digest).map((entry) => ({ digest, entry })),
  );
  const size = Math.min(estate.pageSize ?? 100, Number(call.query.get('per_page') ?? '30'));
  const start = Number(call.query.get('after') ?? '0');
  const some = all.slice(start, start + size);
  const of = digests.map((digest) => {
    const own = some.filter((one) => one.digest === digest).map(({ entry }) => entry);
    return [digest, own.length === 0 ? null : own] as const;
  });
  const hasNext = start + size < all.length;
  return {
    json: {
      attestations_subject_digests: Object.fromEntries(of),
      page_info: {
        has_next: hasNext,
        has_previous: start > 0,
        ...(hasNext ? { next: String(start + size) } : {}),
      },
    },
  };
}
