import type { Unknown } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { hostTarget } from '../host-target.ts';
import { unreachableRegistry } from '../read-registry.ts';
import { instanceSources } from './facts/instance-sources.ts';
import { namespaceNamed, namespacesSeen } from './namespaces.ts';
import type { QuayOptions } from './options.ts';
import { provedFor, tokenOf } from './proof.ts';
import { provides } from './provides.ts';
import { namespaceRegistry } from './registry.ts';
import { quayApi } from './wire/api.ts';
import { clientsFor } from './wire/clients.ts';
import { hostedPacer, type Paced } from './wire/pace.ts';

const product = { id: 'quay', title: 'Quay', variable: 'QUAY_URL' };

interface Place {
  readonly host: string;
  readonly base: string;
  /** Null: all that the token sees. */
  readonly namespace: string | null;
  /** Null: all of the namespace. */
  readonly repository: string | null;
}

/**
 * The registries of a target: one for each namespace that the token sees, or the one that is named,
 * `quay://HOST/NAMESPACE`, with all its repositories or one. Throws `UsageError` when it can mean none.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as QuayOptions;
  return registriesAt(placeOf(target, options, context.environment), options, context);
}

async function* registriesAt(
  place: Place,
  options: QuayOptions,
  context: ScanContext,
): AsyncGenerator<Registry> {
  const { host, base, namespace } = place;
  const root = `quay://${host}`;
  const named = namespace === null ? root : `${root}/${namespace}`;
  const token = await tokenOf(host, options, context.environment);
  if (token.state !== 'known') {
    yield unreachable(named, token, context);
    return;
  }
  const hosted = host === 'quay.io' || host.endsWith('.quay.io');
  const paced: Paced =
    hosted && context.retryPolicy.waits ? hostedPacer(context.scan) : (client) => client;
  const clientsOf = (id: string) => clientsFor({ id, base, token: token.value, context, paced });
  const shared = clientsOf(root);
  context.signal.addEventListener('abort', () => void shared.close(), { once: true });
  const instance = instanceSources(quayApi(shared.api), hosted);
  let claimed = false;

  const registryOf = async (name: string): Promise<Registry> => {
    const id = `${root}/${name}`;
    const clients = clientsOf(id);
    const refuse = async (why: Unknown) => {
      await clients.close();
      return unreachable(id, why, context);
    };
    const proof = await provedFor(name, clients, host, options);
    if (proof.state !== 'known') return refuse(proof);
    const found = await namespaceNamed(name, quayApi(clients.api));
    if (found.state !== 'known') return refuse(found);
    // What is asked once for all namespaces counts at the first.
    const calls = claimed ? clients.calls : () => clients.calls() + shared.calls();
    claimed = true;
    return namespaceRegistry({
      id,
      base,
      namespace: found.value,
      only: place.repository,
      proof: proof.value,
      instance,
      clients,
      calls,
      context,
    });
  };

  if (namespace !== null) {
    yield await registryOf(namespace);
    return;
  }
  const seen = namespacesSeen(quayApi(shared.api), instance);
  for (;;) {
    const step = await seen.next();
    if (!step.done) yield await registryOf(step.value);
    else if (step.value === null) return;
    else {
      yield unreachable(root, step.value, context);
      return;
    }
  }
}

function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry({ id, provider: 'quay', provides }, why, context);
}

const nameForm = /^[a-z0-9](?:[a-z0-9._-]{0,253}[a-z0-9])?$/;
const repositoryForm = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;

function placeOf(
  target: Target,
  { url }: QuayOptions,
  environment: ScanContext['environment'],
): Place {
  const { host, base, path } = hostTarget(target, product, url, environment);
  if (path === '') return { host, base, namespace: null, repository: null };
  const [namespace = '', ...rest] = path.split('/');
  const repository = rest.join('/');
  if (nameForm.test(namespace) && (rest.length === 0 || repositoryForm.test(repository))) {
    return { host, base, namespace, repository: rest.length === 0 ? null : repository };
  }
  throw new UsageError(
    `quay://${host}/${path.slice(0, 100)} is not an address of Quay`,
    'write quay://HOST, quay://HOST/NAMESPACE or quay://HOST/NAMESPACE/REPOSITORY',
  );
}
