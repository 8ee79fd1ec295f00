import { DecodeError } from '../../decode/fields.ts';
import type { RegistryCredentials } from '../../http/docker-credentials.ts';
import { HttpError, type HttpSettings } from '../../http/http.ts';
import { httpErrors } from '../../http/http-errors.ts';
import type { Unknown } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { ask } from '../facts.ts';
import { type HostTarget, hostTarget } from '../host-target.ts';
import { httpSettingsFor } from '../http-api.ts';
import { unreachableRegistry } from '../read-registry.ts';
import { isRepositoryName } from './decode/names.ts';
import { operations } from './operations.ts';
import type { OciOptions } from './options.ts';
import { provides } from './provides.ts';
import { ociRegistry } from './registry.ts';
import { credentialsFor } from './wire/credentials.ts';
import { type Reached, reach } from './wire/reach.ts';
import { type Session, sessionOf } from './wire/session.ts';

const product = { id: 'oci', title: 'an OCI registry', variable: 'OCI_URL' };

/** The registry of a target, `oci://HOST[:PORT]`, or one repository of it, `oci://HOST[:PORT]/REPOSITORY`. */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as OciOptions;
  const place = hostTarget(target, product, options.url, context.environment);
  return registryAt(place, namedIn(place, options), options, context);
}

async function* registryAt(
  place: HostTarget,
  named: readonly string[] | null,
  options: OciOptions,
  context: ScanContext,
): AsyncGenerator<Registry> {
  const { host, base, path } = place;
  const id = path === '' ? `oci://${host}` : `oci://${host}/${path}`;
  const settingsFor = (of: string) => httpSettingsFor(context, id, of);
  const realms = [
    ...(options.realm === undefined ? [] : [new URL(options.realm).host]),
    // Docker Hub, as every client knows it (distribution, Token Authentication).
    ...(base === 'https://registry-1.docker.io' ? ['auth.docker.io'] : []),
  ];
  const chosen = options.url !== undefined;
  const reached = await ask(
    'ping',
    operations.ping,
    httpErrors,
    () => reach({ base, chosen, settingsFor, realms }),
    (raw) => raw as Reached,
  );
  if (reached.state !== 'known') {
    yield unreachable(id, reached, context);
    return;
  }
  const signedIn = await ask(
    'signIn',
    operations.signIn,
    httpErrors,
    () =>
      signedInto({
        ...reached.value,
        host,
        realms,
        named,
        options,
        environment: context.environment,
        settings: settingsFor(reached.value.base),
      }),
    (raw) => raw as Session,
  );
  if (signedIn.state !== 'known') {
    await reached.value.stranger.close();
    yield unreachable(id, signedIn, context);
    return;
  }
  yield ociRegistry(id, signedIn.value, context);
}

interface SignIn extends Reached {
  readonly host: string;
  readonly realms: readonly string[];
  readonly named: readonly string[] | null;
  readonly options: OciOptions;
  readonly environment: ScanContext['environment'];
  readonly settings: HttpSettings;
}

/** Proves the credentials, where there are any and they are asked for. Rejects with `HttpError`. */
async function signedInto(input: SignIn): Promise<Session> {
  const { host, ping, maySignIn, options, environment } = input;
  const credentials =
    maySignIn && !ping.open ? await credentialsFor(host, options, environment) : null;
  const session = sessionOf({ ...input, credentials });
  if (credentials === null) return session;
  const { path } = operations.signIn;
  const answer = session.client.send({ operation: 'signIn', path });
  const proof = answer.then(({ status }) => {
    if (status !== 200) throw new DecodeError(`HTTP ${status} does not say who is signed in`);
  });
  await proof.catch(async (error: unknown) => {
    await session.close();
    throw refusedSignIn(error, host, credentials);
  });
  return session;
}

function refusedSignIn(error: unknown, host: string, { kind }: RegistryCredentials): unknown {
  if (!(error instanceof HttpError) || error.code !== '401') return error;
  const what = kind === 'password' ? 'user or the password' : 'token';
  return new HttpError(
    'credentials',
    `${host} refuses the credentials (HTTP 401): the ${what} is wrong; docker login ${host} stores new ones`,
  );
}

function namedIn({ host, path }: HostTarget, options: OciOptions): readonly string[] | null {
  if (path === '') return options.repositories === undefined ? null : options.repositories;
  if (isRepositoryName(path)) return [path];
  throw new UsageError(
    `oci://${host}/${path} names no repository`,
    'write oci://HOST/REPOSITORY with the name as it is pulled, in small letters',
  );
}

function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry({ id, provider: 'oci', provides }, why, context);
}
