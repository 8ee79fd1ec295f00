import { once } from '../../http/once.ts';
import type { Listing } from '../../model/snapshot.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { Inconclusive, join, known } from '../facts.ts';
import { readRegistry } from '../read-registry.ts';
import { repositoryName } from './decode/names.ts';
import { productOf } from './decode/product.ts';
import { deferredTo } from './facts/deferred.ts';
import { gateOf } from './facts/gate.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { provides } from './provides.ts';
import type { Session } from './wire/session.ts';

interface Named {
  readonly name: string;
}

/** One registry, as its session sees it. */
export function ociRegistry(id: string, session: Session, context: ScanContext): Registry {
  const gate = once(() => gateOf(session));
  const registry = readRegistry<Named>(
    { id, provider: 'oci', provides },
    context,
    ({ signal }) => ({
      registryCollectors: registryCollectors(session, { ...context, signal }),
      repositories: () => repositories(session),
      repositoryCollectors:
        () =>
        ({ name }) =>
          repositoryCollectors(session, name, gate, context),
      calls: session.calls,
      close: session.close,
    }),
  );
  const seen = productOf(session.host, session.ping, false);
  if (seen.kind !== 'other-adapter') return registry;
  const { target, title } = seen;
  return { ...registry, read: (signal) => deferredTo(target, title, registry.read(signal)) };
}

/**
 * The named repositories, else the catalog. That of CNCF Distribution is whole; other products leave out what
 * the caller may not read, and a pull-through cache is empty whatever it serves.
 */
async function* repositories(session: Session): AsyncGenerator<readonly Named[], Listing> {
  const { api, named, host } = session;
  if (named !== null) {
    yield named.map((name) => ({ name }));
    return known('listRepositories', '', () => ({ repositories: named.length, others: 0 }));
  }
  let count = 0;
  const pages = api.pages('listRepositories', (all) => all.map(repositoryName), {
    query: { n: 100 },
  });
  for await (const page of pages) {
    if (page.state !== 'known') return page;
    count += page.value.length;
    yield page.value.map((name) => ({ name }));
  }
  const cure = `name the repositories: oci://${host}/REPOSITORY, or repositories: in the configuration`;
  return join([await session.product()], ({ kind }) => {
    if (count === 0) {
      throw new Inconclusive(
        'the catalog is empty, as that of a pull-through cache is',
        undefined,
        cure,
      );
    }
    if (kind !== 'distribution') {
      throw new Inconclusive(
        'the catalog may leave out what the caller may not read',
        undefined,
        cure,
      );
    }
    return { repositories: count, others: 0 };
  });
}
