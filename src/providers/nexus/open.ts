import { httpClient } from '../../http/client.ts';
import { basicOf } from '../../http/credential-source.ts';
import { type HttpAnswer, type HttpClient, HttpError } from '../../http/http.ts';
import { reveal } from '../../http/secret.ts';
import type { Unknown } from '../../model/fact.ts';
import type { BasicCredentials } from '../basic-credentials.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { ask } from '../facts.ts';
import { hostTarget } from '../host-target.ts';
import { httpSettingsFor } from '../http-api.ts';
import { unreachableRegistry } from '../read-registry.ts';
import { type Release, releaseInHeader } from './decode/release.ts';
import { operations } from './operations.ts';
import type { NexusOptions } from './options.ts';
import { provides } from './provides.ts';
import { serverRegistry } from './registry.ts';
import { credentialsFor } from './wire/credentials.ts';
import { nexusErrors } from './wire/errors.ts';

const product = { id: 'nexus', title: 'Nexus Repository', variable: 'NEXUS_URL' };

/**
 * The server of a target: `nexus://HOST[:PORT][/CONTEXT]`, or `nexus` with `url` or `NEXUS_URL`. One that
 * cannot be signed in to is a registry that says so. Rejects with `UsageError` when no host is named.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as NexusOptions;
  const { host, base, path } = hostTarget(target, product, options.url, context.environment);
  const below = path === '' ? '' : `/${path}`;
  const url = options.url === undefined ? `${base}${below}` : base;
  const root = url.replace(/\/service\/rest(\/v1)?$/, '');
  return serverAt({ id: `nexus://${host}${below}`, root }, options, context);
}

async function* serverAt(
  { id, root }: { readonly id: string; readonly root: string },
  options: NexusOptions,
  context: ScanContext,
): AsyncGenerator<Registry> {
  const unreachable = (why: Unknown) =>
    unreachableRegistry({ id, provider: 'nexus', provides }, why, context);
  const { host } = new URL(root);
  const found = await ask(
    'getStatus',
    operations.getStatus,
    nexusErrors,
    () => credentialsFor(host, options, context.environment),
    (raw) => raw as BasicCredentials,
  );
  if (found.state !== 'known') {
    yield unreachable(found);
    return;
  }
  const { username, password } = found.value;
  const credential = basicOf(username, password);
  // No cookie is kept: a session of the server would ask for a token against forgery.
  const client = httpClient({
    ...httpSettingsFor(context, id, `${root}/service/rest`),
    authorize: async () => credential,
  });
  const name = reveal(username);
  const status = await ask(
    'getStatus',
    operations.getStatus,
    nexusErrors,
    () => statusOf(client, name, host),
    (raw) => signedIn(raw as HttpAnswer),
  );
  if (status.state !== 'known') {
    await client.close();
    yield unreachable(status);
    return;
  }
  const { release } = status.value;
  yield serverRegistry({ id, root, client, caller: name, release, options, context });
}

function statusOf(client: HttpClient, name: string, host: string): Promise<unknown> {
  const { path } = operations.getStatus;
  return client.send({ operation: 'getStatus', path }).catch((error: unknown) => {
    throw explained(error, name, host);
  });
}

/** The same error, with what helps where the server says nothing. */
function explained(error: unknown, name: string, host: string): unknown {
  if (!(error instanceof HttpError)) return error;
  switch (error.code) {
    case '401':
      return new HttpError(
        'credentials',
        `Nexus Repository at ${host} refuses the user ${name} (HTTP 401): NEXUS_USERNAME or NEXUS_PASSWORD is wrong, or the user is disabled; behind single sign-on it takes a user token; docker login ${host} tries the same credentials`,
      );
    case '404':
      return new HttpError(
        '404',
        `there is no REST API of Nexus Repository at ${host}: its context path belongs to the address, nexus://${host}/CONTEXT`,
      );
    default:
      return error;
  }
}

/** The status has no body; a page that a proxy puts in its place has. */
function signedIn({ status, bytes, headers }: HttpAnswer): { readonly release: Release | null } {
  if (status !== 200 || bytes.length > 0) {
    throw new Error('what answers is not Nexus Repository: its status has a body');
  }
  const { server = '' } = headers;
  return { release: releaseInHeader(server) };
}
