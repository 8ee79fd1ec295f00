import { type Answer, objectOf, objectsAt, textAt } from '../../http/answer.ts';
import { mapInOrder } from '../../http/limit.ts';
import { once } from '../../http/once.ts';
import { pages } from '../../http/pages.ts';
import type { Fact, Unknown } from '../../model/fact.ts';
import type { Listing, Reading, RepositoryReading } from '../../model/snapshot.ts';
import {
  ask,
  collectFacts,
  constants,
  Inconclusive,
  join,
  type Registry,
  type ScanContext,
  unknown,
} from '../provider.ts';
import { accessOf } from './access.ts';
import type { AccountFacts } from './account.ts';
import { type Asking, asking as askingOf, page } from './asking.ts';
import type { AwsClient } from './client.ts';
import { type Described, described } from './decode/repository.ts';
import { type EffectiveScan, effectiveScan } from './decode/scanning.ts';
import { awsErrors } from './errors.ts';
import { operations } from './operations.ts';
import { provides } from './provides.ts';
import { registryWays } from './registry-facts.ts';
import { repositoryWays } from './repository-facts.ts';
import { type Place, type Settings, settings as settingsOf } from './settings.ts';

export interface RegistryInput {
  readonly id: string;
  readonly place: Place;
  readonly connect: (registry: string, signal: AbortSignal) => AwsClient;
  readonly account: AccountFacts;
  readonly context: ScanContext;
}

/** One private registry: an account in a region. */
export function privateRegistry(input: RegistryInput): Registry {
  return { id: input.id, read: (signal) => read(input, signal) };
}

async function* read(input: RegistryInput, signal: AbortSignal): AsyncGenerator<Reading> {
  const { id, place, context, account } = input;
  const client = input.connect(id, signal);
  const asking = askingOf(client);
  const settings = settingsOf(asking, place);
  const access = accessOf(asking, place, account);
  const stream = repositories(input, { client, asking, settings, access });
  try {
    // Repositories are asked for while the registry's own settings are; a failure is heard at its turn.
    const first = stream.next();
    first.catch(() => undefined);
    const ways = registryWays(settings, place, access);
    yield {
      kind: 'registry',
      registry: id,
      provider: 'ecr',
      unreachable: null,
      takenAt: context.now().toISOString(),
      facts: await collectFacts(provides.registry, context.plan.registry, ways),
      everywhere: constants(provides.repository),
    };
    let step = await first;
    for (; !step.done; step = await stream.next()) yield step.value;
    yield { kind: 'end', registry: id, listing: step.value, calls: client.calls() };
  } finally {
    await stream.return(notListed);
    client.close();
  }
}

interface Sources {
  readonly client: AwsClient;
  readonly asking: Asking;
  readonly settings: Settings;
  readonly access: ReturnType<typeof accessOf>;
}

/** The repositories one by one; returns how far the list could be read. */
async function* repositories(
  input: RegistryInput,
  sources: Sources,
): AsyncGenerator<RepositoryReading, Listing> {
  const { id, place, context } = input;
  const { client } = sources;
  if (context.plan.repository.size === 0) return notListed;
  const state: { counted: number; stopped: Unknown | null } = { counted: 0, stopped: null };

  const listed = async function* (): AsyncGenerator<Wanted> {
    const listing = pages(async (nextToken) => {
      const fact = await listPage(client, place, nextToken);
      if (fact.state === 'known') return fact.value;
      state.stopped =
        fact.state === 'unknown' ? fact : unknown('undecodable', 'DescribeRepositories', '');
      return { items: [], next: undefined };
    });
    for (;;) {
      const step = await listing.next();
      if (step.done) {
        if (step.value !== null)
          state.stopped = unknown('undecodable', 'DescribeRepositories', step.value.message);
        return;
      }
      state.counted += step.value.length;
      context.progress({ kind: 'repositories', registry: id, known: state.counted });
      yield* inBatches(
        step.value.filter(({ name }) => context.wanted(name)),
        sources.asking,
        place,
      );
    }
  };
  yield* mapInOrder(listed(), context.concurrency * 2, async ({ repository, scan }) => ({
    kind: 'repository' as const,
    registry: id,
    name: repository.name,
    facts: await collectFacts(
      provides.repository,
      context.plan.repository,
      repositoryWays(repository, { ...sources, place, context, scan }),
    ),
  }));
  if (state.stopped !== null) return state.stopped;
  return known(state.counted);
}

const notListed: Listing = {
  state: 'unsupported',
  note: 'no check of repositories was asked for',
};

function known(repositories: number): Listing {
  return {
    state: 'known',
    value: { repositories, others: 0 },
    from: { operation: 'DescribeRepositories' },
  };
}

function listPage(client: AwsClient, { region }: Place, nextToken: string | undefined) {
  const input = nextToken === undefined ? { maxResults: 1000 } : { maxResults: 1000, nextToken };
  return ask(
    'DescribeRepositories',
    operations.DescribeRepositories,
    awsErrors,
    () => client.call('DescribeRepositories', region, input),
    (raw) => {
      const { items, next } = page(raw, 'repositories');
      return { items: items.map(described), next };
    },
  );
}

interface Wanted {
  readonly repository: Described;
  readonly scan: () => Promise<Fact<EffectiveScan>>;
}

const batch = 25;

/** Groups repositories so that their effective scan settings are asked for 25 at a time, and only if needed. */
function* inBatches(
  list: readonly Described[],
  asking: Asking,
  { region }: Place,
): Generator<Wanted> {
  for (let start = 0; start < list.length; start += batch) {
    const group = list.slice(start, start + batch);
    const repositoryNames = group.map(({ name }) => name);
    const answers = once(() =>
      asking.one('BatchGetRepositoryScanningConfiguration', region, { repositoryNames }, byName),
    );
    for (const repository of group) {
      yield { repository, scan: async () => scanFrom(await answers(), repository.name) };
    }
  }
}

function byName(raw: unknown): ReadonlyMap<string, Answer> {
  const entries = objectsAt(objectOf(raw, 'the answer'), 'scanningConfigurations');
  return new Map(entries.map((entry) => [textAt(entry, 'repositoryName'), entry]));
}

function scanFrom(answers: Fact<ReadonlyMap<string, Answer>>, name: string): Fact<EffectiveScan> {
  return join([answers], (byRepository) => {
    const entry = byRepository.get(name);
    if (entry === undefined) throw new Inconclusive(`${name} is not in the answer`);
    return effectiveScan(entry);
  });
}
