import { HttpError } from '../../http/http.ts';
import { httpErrors } from '../../http/http-errors.ts';
import type { Secret } from '../../http/secret.ts';
import type { Unknown } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { ask, Denied, unknown } from '../facts.ts';
import { hostTarget } from '../host-target.ts';
import { gapOf } from '../parts.ts';
import { unreachableRegistry } from '../read-registry.ts';
import { group, groupAt } from './decode/group.ts';
import { projectAt } from './decode/project.ts';
import { ownToken } from './decode/tokens.ts';
import type { Scope } from './facts/settings.ts';
import { operations } from './operations.ts';
import type { GitlabOptions } from './options.ts';
import { provides } from './provides.ts';
import { registryOf } from './registry.ts';
import { type GitlabApi, gitlabApi } from './wire/api.ts';
import { type Clients, clientsFor } from './wire/clients.ts';
import { tokenFor } from './wire/credentials.ts';

const product = { id: 'gitlab', title: 'GitLab', variable: 'CI_SERVER_URL' };
const vendorHost = 'gitlab.com';

/**
 * The registries of a target: `gitlab://HOST/GROUP`, `gitlab://HOST/GROUP/PROJECT`, the address of an image
 * (`registry.HOST/GROUP/PROJECT`), or every outermost group that the token sees (`gitlab://HOST`, `gitlab`).
 * Rejects with `UsageError` when the address is none.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as GitlabOptions;
  const { host: named, base, path } = hostTarget(target, product, options.url, context.environment);
  // GitLab.com has its registry at a host of its own.
  const host = named === `registry.${vendorHost}` ? vendorHost : named;
  if (path !== '' && !/^[\w.-]+(?:\/[\w.-]+)*$/.test(path)) {
    throw new UsageError(
      `gitlab://${host}/${path.slice(0, 100)} is not an address of GitLab`,
      'write gitlab://HOST/GROUP[/SUBGROUP…] or gitlab://HOST/GROUP/PROJECT',
    );
  }
  return registriesAt({
    host,
    base: named === host ? base : base.replace(named, host),
    path,
    options,
    context,
  });
}

interface Place {
  readonly host: string;
  readonly base: string;
  readonly path: string;
  readonly options: GitlabOptions;
  readonly context: ScanContext;
}

/** The token is tried once: GitLab bans an address for an hour after some failures. */
async function* registriesAt(place: Place): AsyncGenerator<Registry> {
  const { host, base, path, options, context } = place;
  const id = path === '' ? `gitlab://${host}` : `gitlab://${host}/${path}`;
  const given = await ask(
    'getToken',
    operations.getToken,
    httpErrors,
    () => tokenFor(host, options, context.environment),
    (raw) => raw as Secret,
  );
  if (given.state !== 'known') {
    yield unreachable(id, given, context);
    return;
  }
  const clientsOf = (registry: string): Clients =>
    clientsFor({ registry, base, registryUrl: options.registryUrl, token: given.value, context });
  const clients = clientsOf(id);
  try {
    const api = gitlabApi(clients.api);
    const signedIn = await signIn(clients, host);
    if (signedIn.state !== 'known') {
      yield unreachable(id, signedIn, context);
      return;
    }
    for await (const found of scopesOf(api, host, path)) {
      if ('state' in found) yield unreachable(id, found, context);
      else {
        const own = `gitlab://${host}/${found.kind === 'group' ? found.path : found.project.path}`;
        const hosted = host === vendorHost;
        yield registryOf({
          id: own,
          base,
          scope: found,
          hosted,
          clients: () => clientsOf(own),
          context,
        });
      }
    }
  } finally {
    await clients.close();
  }
}

/** Whether the token is accepted, and opens the API. */
function signIn(clients: Clients, host: string) {
  const name = 'getToken';
  const { path } = operations[name];
  return ask(
    name,
    operations[name],
    httpErrors,
    () =>
      clients.api.json({ operation: name, path }).catch((error: unknown) => {
        if (!(error instanceof HttpError) || error.code !== '401') throw error;
        throw new HttpError(
          'credentials',
          `${host} refuses the access token (HTTP 401): it is wrong, expired or revoked; set GITLAB_TOKEN anew, or glab auth login --hostname ${host}`,
        );
      }),
    (raw) => {
      const { scopes } = ownToken(raw);
      if (scopes.includes('api') || scopes.includes('read_api')) return true;
      throw new Denied(
        `the access token lacks the scope read_api; it has ${scopes.join(', ')}`,
        'read_api',
      );
    },
  );
}

/** What stands behind a path; none: every outermost group, or why they cannot be listed. */
async function* scopesOf(
  api: GitlabApi,
  host: string,
  path: string,
): AsyncGenerator<Scope | Unknown> {
  if (path === '') {
    const pages = api.pages('listGroups', (all) => all.map(group), {
      query: { top_level_only: 'true', min_access_level: 10 },
    });
    let groups = 0;
    for await (const page of pages) {
      if (page.state !== 'known') yield page;
      else {
        groups += page.value.length;
        for (const { path: found } of page.value) yield { kind: 'group', path: found };
      }
    }
    if (groups === 0) yield nothing(`the token is no member of any group of ${host}`);
    return;
  }
  const asGroup = await api.one('getGroup', groupAt(path), { params: { group: path } });
  if (asGroup.state === 'known') {
    yield { kind: 'group', path: asGroup.value.path };
    return;
  }
  const hidden = asGroup.why === 'denied-or-absent' && path.includes('/');
  if (!hidden) {
    yield asGroup;
    return;
  }
  const asProject = await api.one('getProject', projectAt(path), { params: { project: path } });
  yield asProject.state === 'known'
    ? { kind: 'project', project: asProject.value }
    : (gapOf(asProject) as Unknown);
}

function nothing(detail: string): Unknown {
  return unknown('denied-or-absent', 'listGroups', detail);
}

function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry({ id, provider: 'gitlab', provides }, why, context);
}
