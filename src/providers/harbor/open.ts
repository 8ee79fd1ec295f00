import { HttpError } from '../../http/http.ts';
import { httpErrors } from '../../http/http-errors.ts';
import type { Unknown } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Operation, Registry, ScanContext, Target } from '../contract.ts';
import { ask } from '../facts.ts';
import { unreachableRegistry } from '../read-registry.ts';
import { person } from './decode/people.ts';
import type { Caller } from './facts/settings.ts';
import { operations } from './operations.ts';
import type { HarborOptions } from './options.ts';
import { provides } from './provides.ts';
import { instance } from './registry.ts';
import { harborClient } from './wire/client.ts';
import { type Credentials, credentialsFor, nameOf, variablesOf } from './wire/credentials.ts';
import { distributionClient } from './wire/distribution.ts';

/**
 * The instance of a target: `harbor://HOST[:PORT]`, or `harbor` with `url` or `HARBOR_URL`. One that
 * cannot be signed in to is a registry that says so: Harbor itself takes wrong credentials for none and
 * goes on with what everybody may see.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as HarborOptions;
  return instanceAt(placeOf(target, options, context.environment), options, context);
}

async function* instanceAt(
  { host, base }: Place,
  options: HarborOptions,
  context: ScanContext,
): AsyncGenerator<Registry> {
  const id = `harbor://${host}`;
  const name = 'getCurrentUserInfo';
  const registry = new URL(base).host;
  const signIn = signInAt(registry, options);
  const found = await ask(
    name,
    signIn,
    httpErrors,
    () => credentialsFor(registry, options, context.environment),
    (raw) => raw as Credentials,
  );
  if (found.state !== 'known') {
    yield unreachable(id, found, context);
    return;
  }
  const place = { registry: id, base, ...found.value, context };
  const client = harborClient(place);
  const probe = () =>
    ask(
      name,
      signIn,
      httpErrors,
      () =>
        client
          .json({ operation: name, path: operations[name].path })
          .catch((error: unknown) => unlessRobot(error, nameOf(found.value))),
      (raw) => callerOf(raw, found.value),
    );
  const caller = await probe();
  if (caller.state !== 'known') {
    await client.close();
    yield unreachable(id, caller, context);
    return;
  }
  context.progress({ kind: 'signed-in', registry: id, as: nameOf(found.value) });
  const content = distributionClient(place);
  yield instance({ id, base, client, content, caller: caller.value, probe, context });
}

/** The identity probe of a host. What it refuses no permission puts right. */
function signInAt(host: string, options: HarborOptions): Operation {
  const { getCurrentUserInfo } = operations;
  const { usernameEnv, passwordEnv } = variablesOf(options);
  const cure = `sign in with docker login ${host}, or set ${usernameEnv} and ${passwordEnv}`;
  const denied = { why: 'denied', cure } as const;
  const means = { ...getCurrentUserInfo.means, '401': denied, '403': denied, credentials: denied };
  return { ...getCurrentUserInfo, permission: '', means };
}

const robot = Symbol('a robot');

/** 412 is the answer to a robot account that has signed in (handler/user.go, GetCurrentUserInfo). */
function unlessRobot(error: unknown, name: string): unknown {
  if (error instanceof HttpError && error.code === '412' && error.body.includes('PRECONDITION')) {
    return robot;
  }
  if (error instanceof HttpError && error.code === '401') {
    throw new HttpError(
      'credentials',
      `Harbor refuses the user ${name} (HTTP 401): the name or the password is wrong, or the account is expired or disabled; behind OIDC the password of a person is the CLI secret`,
    );
  }
  throw error;
}

function callerOf(raw: unknown, credentials: Credentials): Caller {
  if (raw === robot) return { kind: 'robot', name: nameOf(credentials) };
  return { kind: 'person', person: person(raw) };
}

const hostForm = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** The name of the instance, and where its API is reached: https, unless the options say otherwise. */
interface Place {
  readonly host: string;
  readonly base: string;
}

function placeOf(
  { address }: Target,
  { url }: HarborOptions,
  environment: ScanContext['environment'],
): Place {
  const named = address.replace(/\/$/, '').toLowerCase();
  const written = url ?? (named === '' ? environment['HARBOR_URL'] : undefined);
  if (written === undefined || written === '') {
    if (named === '') {
      throw new UsageError(
        'no Harbor is named',
        'write harbor://HOST, url: in the configuration, or HARBOR_URL',
      );
    }
    return { host: checkedHost(named), base: `https://${named}` };
  }
  if (!URL.canParse(written) || !/^https?:$/.test(new URL(written).protocol)) {
    throw new UsageError(
      `"${shown(written)}" is no address of Harbor`,
      'it looks like https://harbor.example.org',
    );
  }
  const { origin, host, pathname, username, password, search, hash } = new URL(written);
  if (`${username}${password}${search}${hash}` !== '') {
    throw new UsageError(
      'the address of Harbor has more than a host and a path',
      'credentials come from the environment, a file or docker login',
    );
  }
  const base = `${origin}${pathname.replace(/\/+$/, '').replace(/\/api\/v2\.0$/, '')}`;
  return { host: named === '' ? host : checkedHost(named), base };
}

function checkedHost(host: string): string {
  if (hostForm.test(host)) return host;
  throw new UsageError(
    `harbor://${shown(host)} is not an address of Harbor`,
    'write harbor://HOST or harbor://HOST:PORT; a path goes into url: in the configuration',
  );
}

/** Addresses that do not parse may hold a password. */
function shown(address: string): string {
  return address
    .replace(/\/\/[^/@]*@/, '//***@')
    .replace(/^[^/@]*@/, '***@')
    .slice(0, 100);
}

function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry({ id, provider: 'harbor', provides }, why, context);
}
