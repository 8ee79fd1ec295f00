import { mapInOrder } from '../http/limit.ts';
import type { Fact, Unknown } from '../model/fact.ts';
import type { Listing, RegistryLine, RepositoryLine, SnapshotLine } from '../model/snapshot.ts';
import { type Collectors, collectFacts, constants } from './collectors.ts';
import type { Provides, Registry, ScanContext } from './contract.ts';
import { known } from './facts.ts';
import { gapOf } from './parts.ts';

/** A registry, and the adapter that reads it. */
export interface RegistryIdentity {
  /** `ecr://123456789012/eu-west-1` */
  readonly id: string;
  /** The adapter's id. */
  readonly provider: string;
  readonly provides: Provides<string>;
}

/** A registry while it is read: what its facts and its list of repositories are learnt from. */
export interface RegistrySource<R extends { readonly name: string }> {
  readonly registryCollectors: Collectors<'registry'>;
  /** Pages of the repositories that hold images. Returns how many there are, or why that is not known. */
  readonly repositories: () => AsyncGenerator<readonly R[], Listing>;
  /**
   * In: those repositories of one page that are asked for, so that some calls can be made for all of them
   * at once. Out: how the facts of each are learnt.
   */
  readonly repositoryCollectors: (
    page: readonly R[],
  ) => (repository: R) => Collectors<'repository'>;
  /** Was the repository deleted after it was listed? Then it is not in the reading. */
  readonly isGone?: (repository: R) => boolean;
  /** How many calls have been made, retries not counted. */
  readonly calls: () => number;
  /** Ends the connections that were opened for this registry alone. */
  readonly close: () => Promise<void> | void;
}

/** What a registry is read with: until when, and the time that all facts of it are judged by, ISO 8601. */
export interface ReadAt {
  readonly signal: AbortSignal;
  readonly takenAt: string;
}

/**
 * A registry that `connect` opens when it is read: its own facts, then its repositories one by one in the
 * order of the list, then how far the list could be read. It is closed on every way out.
 */
export function readRegistry<R extends { readonly name: string }>(
  identity: RegistryIdentity,
  context: ScanContext,
  connect: (at: ReadAt) => RegistrySource<R>,
): Registry {
  return { id: identity.id, read: (signal) => read(identity, context, connect, signal) };
}

async function* read<R extends { readonly name: string }>(
  identity: RegistryIdentity,
  context: ScanContext,
  connect: (at: ReadAt) => RegistrySource<R>,
  signal: AbortSignal,
): AsyncGenerator<SnapshotLine> {
  const { id, provider, provides } = identity;
  const takenAt = context.now().toISOString();
  const source = connect({ signal, takenAt });
  const stream = repositories(identity, context, source);
  try {
    // The first page is requested while the registry's own facts are; a rejection is rethrown below.
    const first = stream.next();
    first.catch(() => undefined);
    yield {
      kind: 'registry',
      registry: id,
      provider,
      unreachable: null,
      takenAt,
      facts: await collectFacts(
        provides.registry,
        context.plan.registry,
        source.registryCollectors,
      ),
      repositoryDefaults: constants(provides.repository),
    };
    let step = await first;
    for (; !step.done; step = await stream.next()) yield step.value;
    yield { kind: 'end', registry: id, listing: step.value, calls: source.calls() };
  } finally {
    await stream.return(notListed);
    await source.close();
  }
}

const notListed: Listing = {
  state: 'unsupported',
  note: 'no check of repositories was asked for',
};

/** The wanted repositories; twice as many are under way as calls may be, so that calls never wait for us. */
async function* repositories<R extends { readonly name: string }>(
  { id, provides }: RegistryIdentity,
  context: ScanContext,
  source: RegistrySource<R>,
): AsyncGenerator<RepositoryLine, Listing> {
  if (context.plan.repository.size === 0) return notListed;
  let listing: Listing = notListed;
  const names = new Set<string>();
  let twice: string | undefined;
  let gone = 0;
  const wanted = async function* () {
    const pages = source.repositories();
    let known = 0;
    for (;;) {
      const step = await pages.next();
      if (step.done) {
        listing = step.value;
        return;
      }
      const fresh = step.value.filter(({ name }) => {
        if (names.has(name)) twice ??= name;
        return names.size < names.add(name).size;
      });
      known += fresh.length;
      context.progress({ kind: 'repositories', registry: id, known });
      const page = fresh.filter(({ name }) => context.wanted(name));
      const collectorsOf = source.repositoryCollectors(page);
      for (const repository of page) yield { repository, collectorsOf };
    }
  };
  const read = mapInOrder(
    wanted(),
    context.concurrency * 2,
    async ({ repository, collectorsOf }) => ({
      repository,
      line: {
        kind: 'repository' as const,
        registry: id,
        name: repository.name,
        facts: await collectFacts(
          provides.repository,
          context.plan.repository,
          collectorsOf(repository),
        ),
      },
    }),
  );
  for await (const { repository, line } of read) {
    if (source.isGone?.(repository) === true) gone += 1;
    else yield line;
  }
  if (twice !== undefined) return shifted(listing, twice);
  return gone === 0 ? listing : withoutGone(listing, gone);
}

/**
 * A list that names a repository twice. It changed between two of its pages, and what moved the other way
 * was missed; so it is not whole, whatever it says of itself.
 */
export function shifted(listing: Listing, name: string): Listing {
  if (listing.state !== 'known') return listing;
  const detail = `the list names ${name} twice: it changed while it was read`;
  return { state: 'unknown', why: 'undecodable', from: { ...listing.from, detail } };
}

/** The list without repositories that were deleted after they were listed. */
function withoutGone(listing: Listing, gone: number): Listing {
  if (listing.state !== 'known') return listing;
  const { repositories: listed, others } = listing.value;
  return { ...listing, value: { repositories: listed - gone, others } };
}

/**
 * A list that is read page by page: how many repositories it names, or why it could not be read to its
 * end. `operation`: which call lists them.
 */
export async function* pagedList<R>(
  operation: string,
  pages: AsyncIterable<Fact<readonly R[]>>,
): AsyncGenerator<readonly R[], Listing> {
  let repositories = 0;
  for await (const page of pages) {
    if (page.state !== 'known') return gapOf(page);
    repositories += page.value.length;
    yield page.value;
  }
  return known(operation, '', () => ({ repositories, others: 0 }));
}

/** A registry of which nothing is left to ask. */
export function settledRegistry(
  { id, provider }: Pick<RegistryIdentity, 'id' | 'provider'>,
  { now }: Pick<ScanContext, 'now'>,
  said: Pick<RegistryLine, 'facts' | 'repositoryDefaults'> & {
    readonly unreachable?: Unknown;
    readonly listing: Listing;
  },
): Registry {
  const { unreachable, facts, repositoryDefaults, listing } = said;
  return {
    id,
    ...(unreachable === undefined ? {} : { unreachable }),
    read: async function* () {
      yield {
        kind: 'registry',
        registry: id,
        provider,
        unreachable: unreachable ?? null,
        takenAt: now().toISOString(),
        facts,
        repositoryDefaults,
      };
      yield { kind: 'end', registry: id, listing, calls: 0 };
    },
  };
}

/**
 * A registry that could not be signed in to or read: every fact of it is unknown for this reason, but for
 * those of repositories that are the same for each of them.
 */
export function unreachableRegistry(
  identity: RegistryIdentity,
  why: Unknown,
  context: Pick<ScanContext, 'now'>,
): Registry {
  const repositoryDefaults = constants(identity.provides.repository);
  return settledRegistry(identity, context, {
    unreachable: why,
    facts: constants(identity.provides.registry),
    repositoryDefaults,
    listing: why,
  });
}
