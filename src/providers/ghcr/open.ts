import { HttpError } from '../../http/http.ts';
import type { Unknown } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { ask } from '../facts.ts';
import { unreachableRegistry } from '../read-registry.ts';
import { ownerOf } from './decode/owner.ts';
import { loginOf } from './decode/people.ts';
import { organizationsOf } from './enterprise.ts';
import { operations } from './operations.ts';
import type { GhcrOptions } from './options.ts';
import { provides } from './provides.ts';
import { ownerRegistry } from './registry.ts';
import { githubApi } from './wire/api.ts';
import { type Clients, clientsFor } from './wire/clients.ts';
import { type Tokens, tokensFrom } from './wire/credentials.ts';
import { githubErrors } from './wire/errors.ts';
import { type Place, placeOf } from './wire/place.ts';

/** What a target names; without an owner it stands for the organizations of the credential. */
interface Address {
  readonly owner: string | null;
  readonly only: string | null;
  /** The short name of the enterprise whose organizations are meant; null: none. */
  readonly enterprise: string | null;
}

interface Opening {
  readonly place: Place;
  readonly options: GhcrOptions;
  readonly context: ScanContext;
}

/**
 * The registries of a target: `ghcr://OWNER`, `ghcr://OWNER/PACKAGE` for one package of it, `ghcr://enterprise/NAME`
 * for the organizations of an enterprise, or `ghcr` for those that the token belongs to. One that cannot be signed in
 * to says so.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as GhcrOptions;
  const place = placeOf(options, context.environment);
  const address = addressIn(target, place, context.environment);
  return registriesAt(address, { place, options, context });
}

async function* registriesAt(
  { owner, only, enterprise }: Address,
  opening: Opening,
): AsyncGenerator<Registry> {
  const { place, options, context } = opening;
  const tokens = await ask(
    'getOwner',
    operations.getOwner,
    githubErrors,
    () => tokensFrom(options, new URL(place.registry).host, context.environment),
    (raw) => raw as Tokens,
  );
  const several = enterprise === null ? 'ghcr' : `ghcr://enterprise/${enterprise}`;
  const failed = owner === null ? several : `ghcr://${owner}`;
  if (tokens.state !== 'known') {
    yield unreachable(failed, tokens, context);
    return;
  }
  if (owner !== null) {
    yield await registryOf(owner, only, tokens.value, opening);
    return;
  }
  const clients = clientsFor({ id: failed, place, tokens: tokens.value, owner: null, context });
  const api = githubApi(clients);
  if (enterprise !== null) {
    const { logins, missing } = await organizationsOf(enterprise, api, place);
    await clients.close();
    const own = { ...opening, options: { ...options, enterprise } };
    for (const name of logins) yield later(name, tokens.value, own);
    if (missing !== null) yield unreachable(failed, missing, context);
    return;
  }
  const names = await api.all('listOrganizations', (entries) => entries.map(loginOf));
  await clients.close();
  if (names.state !== 'known') yield unreachable(failed, names, context);
  else for (const name of names.value) yield await registryOf(name, null, tokens.value, opening);
}

/** An organization that is looked at when it is read: an enterprise has hundreds. */
function later(name: string, tokens: Tokens, opening: Opening): Registry {
  return {
    id: `ghcr://${name}`,
    endpoint: opening.place.registry,
    async *read(signal) {
      const context = { ...opening.context, signal };
      const registry = await registryOf(name, null, tokens, { ...opening, context });
      yield* registry.read(signal);
    },
  };
}

async function registryOf(
  name: string,
  only: string | null,
  tokens: Tokens,
  { place, options, context }: Opening,
): Promise<Registry> {
  const id = `ghcr://${name}`;
  const clients = clientsFor({ id, place, tokens, owner: name, context });
  const owner = await githubApi(known(clients, name)).one('getOwner', (raw) => ownerOf(raw, name), {
    params: { username: name },
  });
  if (owner.state === 'known') {
    const read = ownerRegistry({ id, owner: owner.value, only, clients, place, options, context });
    return { ...read, endpoint: place.registry };
  }
  await clients.close();
  return unreachable(id, owner, context);
}

/** GitHub says "Not Found" of an owner that does not exist, and of one that it hides from the token. */
function known(clients: Clients, name: string): Pick<Clients, 'rest'> {
  const { packages } = clients.rest;
  const send: typeof packages.send = (request) =>
    packages.send(request).catch((error: unknown) => {
      if (!(error instanceof HttpError) || error.code !== '404') throw error;
      throw new HttpError(
        '404',
        `HTTP 404: GitHub knows no organization or user ${name}, or hides it from the token of ${packages.token.from}`,
      );
    });
  return { rest: { ...clients.rest, packages: { ...packages, send } } };
}

function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry({ id, provider: 'ghcr', provides }, why, context);
}

/** Logins of GitHub; those of managed users end with an underscore and a short name. */
const loginForm = /^[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?$/;

/** Short names of enterprises. GitHub gives nobody the login "enterprise". */
const enterpriseForm = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/;

function addressIn(
  { address }: Target,
  place: Place,
  environment: ScanContext['environment'],
): Address {
  const parts = address.replace(/\/+$/, '').split('/');
  // As an image is named: the host of the registry, then the owner.
  const [owner = '', ...rest] = parts[0] === new URL(place.registry).host ? parts.slice(1) : parts;
  const name = owner.toLowerCase();
  if (name === '' && rest.length === 0) {
    // The token of a workflow belongs to no organization, but runs in one.
    const own = environment['GITHUB_REPOSITORY_OWNER'];
    const runs = environment['GITHUB_ACTIONS'] === 'true' && own !== undefined && own !== '';
    return { owner: runs ? own.toLowerCase() : null, only: null, enterprise: null };
  }
  const only = rest.join('/');
  if (name === 'enterprise') {
    if (enterpriseForm.test(only)) return { owner: null, only: null, enterprise: only };
  } else if (loginForm.test(name) && rest.every((part) => part !== '')) {
    return { owner: name, only: only === '' ? null : only, enterprise: null };
  }
  throw new UsageError(
    `ghcr://${address.replace(/^[^/@]*@/, '***@').slice(0, 100)} is not an address of GHCR`,
    'write ghcr://OWNER or ghcr://OWNER/PACKAGE with the name of an organization or user, or ghcr://enterprise/NAME',
  );
}
