import { httpErrors } from '../../http/http-errors.ts';
import { once } from '../../http/once.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { ask } from '../facts.ts';
import { unreachableRegistry } from '../read-registry.ts';
import { namespaceOf } from './facts/namespace.ts';
import { operations } from './operations.ts';
import type { DockerHubOptions } from './options.ts';
import { provides } from './provides.ts';
import { namespaceRegistry } from './registry.ts';
import { clientsFor } from './wire/clients.ts';
import { credentialsFrom } from './wire/credentials.ts';

/** The registry of a target, `docker-hub://NAMESPACE`. One that cannot be signed in to says so. */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  return namespaceAt(namespaceIn(target), target.options as DockerHubOptions, context);
}

async function* namespaceAt(
  name: string,
  options: DockerHubOptions,
  context: ScanContext,
): AsyncGenerator<Registry> {
  const id = `docker-hub://${name}`;
  const credentials = once(() => credentialsFrom(options, context));
  const clients = clientsFor({ id, options, context, credentials });
  const signedIn = await ask(
    'AuthCreateAccessToken',
    operations.AuthCreateAccessToken,
    httpErrors,
    () => clients.signIn(),
    () => true,
  );
  if (signedIn.state !== 'known') {
    await clients.close();
    yield unreachableRegistry({ id, provider: 'docker-hub', provides }, signedIn, context);
    return;
  }
  const caller = await credentials();
  context.progress({ kind: 'signed-in', registry: id, as: caller.identifier });
  const namespace = namespaceOf(name, caller);
  yield namespaceRegistry({ id, namespace, clients, options, context });
}

/** Names of accounts and organizations, in lower case; some old ones have other characters. */
const nameForm = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/;

function namespaceIn({ address }: Target): string {
  const name = address.replace(/\/$/, '').toLowerCase();
  if (nameForm.test(name)) return name;
  throw new UsageError(
    name === ''
      ? 'no namespace of Docker Hub is named'
      : `docker-hub://${address} is not an address of Docker Hub`,
    'write docker-hub://NAMESPACE with the name of an organization or account',
  );
}
