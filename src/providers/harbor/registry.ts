import { mapInOrder } from '../../http/limit.ts';
import type { Fact } from '../../model/fact.ts';
import type { Listing, Reading, RepositoryReading } from '../../model/snapshot.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { join } from '../facts.ts';
import { collectFacts, constants } from '../read-registry.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { type Caller, type Settings, settingsOf } from './facts/settings.ts';
import { provides } from './provides.ts';
import { harborApi } from './wire/api.ts';
import type { HarborClient } from './wire/client.ts';

export interface InstanceInput {
  readonly id: string;
  readonly base: string;
  readonly client: HarborClient;
  readonly caller: Caller;
  /** Asks again who the credentials belong to. */
  readonly probe: () => Promise<Fact<Caller>>;
  readonly context: ScanContext;
}

/** One instance of Harbor. */
export function instance(input: InstanceInput): Registry {
  return { id: input.id, read: () => read(input) };
}

async function* read(input: InstanceInput): AsyncGenerator<Reading> {
  const { id, base, client, caller, probe, context } = input;
  const settings = settingsOf(harborApi(client), caller, probe);
  const takenAt = context.now().toISOString();
  const stream = projects(input, settings, takenAt);
  try {
    // Projects are asked for while the instance's own settings are; a failure is heard at its turn.
    const first = stream.next();
    first.catch(() => undefined);
    const collectors = registryCollectors(settings, { base, context }, takenAt);
    yield {
      kind: 'registry',
      registry: id,
      provider: 'harbor',
      unreachable: null,
      takenAt,
      facts: await collectFacts(provides.registry, context.plan.registry, collectors),
      everywhere: constants(provides.repository),
    };
    let step = await first;
    for (; !step.done; step = await stream.next()) yield step.value;
    yield { kind: 'end', registry: id, listing: step.value, calls: client.calls() };
  } finally {
    await stream.return(notListed);
    await client.close();
  }
}

const notListed: Listing = {
  state: 'unsupported',
  note: 'no check of repositories was asked for',
};

/** The projects one by one; returns how far the list could be read. */
async function* projects(
  { id, client, context }: InstanceInput,
  settings: Settings,
  now: string,
): AsyncGenerator<RepositoryReading, Listing> {
  if (context.plan.repository.size === 0) return notListed;
  const list = await settings.projects();
  if (list.state !== 'known') return list;
  const { value: all } = list;
  context.progress({ kind: 'repositories', registry: id, known: all.length });
  const api = harborApi(client);
  yield* mapInOrder(
    all.filter(({ name }) => context.wanted(name)),
    context.concurrency * 2,
    async (project) => ({
      kind: 'repository' as const,
      registry: id,
      name: project.name,
      facts: await collectFacts(
        provides.repository,
        context.plan.repository,
        repositoryCollectors(project, { api, settings, context, now }),
      ),
    }),
  );
  return join([await settings.visibility()], () => ({ repositories: all.length, others: 0 }));
}
