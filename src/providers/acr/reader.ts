import type { TokenCredential } from '@azure/core-auth';
import { mapInOrder } from '../../http/limit.ts';
import type { Unknown } from '../../model/fact.ts';
import type { Listing, Reading, RepositoryReading } from '../../model/snapshot.ts';
import {
  ask,
  collectFacts,
  constants,
  type Registry,
  type ScanContext,
  unknown,
} from '../provider.ts';
import { accessOf } from './access.ts';
import { armClient } from './arm.ts';
import { asking } from './asking.ts';
import type { Cloud } from './cloud.ts';
import { type DataPlane, dataPlane } from './data-plane.ts';
import { type Described, roleMode } from './decode/registry.ts';
import { namesIn } from './decode/repository.ts';
import { acrErrors } from './errors.ts';
import { imagesOf } from './images.ts';
import { operations } from './operations.ts';
import { provides } from './provides.ts';
import { type RegistrySources, registryWays } from './registry-facts.ts';
import { repositoryWays } from './repository-facts.ts';
import { findingsOf } from './scanning.ts';
import { inRegistry, settings as settingsOf } from './settings.ts';
import type { SubscriptionFacts } from './subscription.ts';
import { keyTroubleOf } from './vault.ts';

export interface RegistryInput {
  readonly id: string;
  readonly registry: Described;
  readonly subscription: SubscriptionFacts;
  readonly cloud: Cloud;
  readonly credential: () => Promise<TokenCredential>;
  readonly context: ScanContext;
}

/** One registry, as it was described by Resource Manager. */
export function acrRegistry(input: RegistryInput): Registry {
  return {
    id: input.id,
    read: (signal) => read({ ...input, context: { ...input.context, signal } }),
  };
}

async function* read(input: RegistryInput): AsyncGenerator<Reading> {
  const { id, registry, subscription, context } = input;
  const options = { ...input, registry: id };
  const arm = armClient(options);
  const data = dataPlane({ ...options, loginServer: registry.loginServer, wide: isWide(registry) });
  const settings = settingsOf(asking(arm), registry, (key) => keyTroubleOf(key, options));
  const now = context.now().toISOString();
  const access = accessOf({ registry, settings, subscription, now });
  const sources = { registry, settings, subscription, access };
  const stream = repositories(input, data, sources);
  try {
    // Repositories are asked for while the registry's own settings are; a failure is heard at its turn.
    const first = stream.next();
    first.catch(() => undefined);
    yield {
      kind: 'registry',
      registry: id,
      provider: 'acr',
      unreachable: null,
      takenAt: now,
      facts: await collectFacts(provides.registry, context.plan.registry, registryWays(sources)),
      everywhere: constants(provides.repository),
    };
    let step = await first;
    for (; !step.done; step = await stream.next()) yield step.value;
    yield { kind: 'end', registry: id, listing: step.value, calls: arm.calls() + data.calls() };
  } finally {
    await stream.return(notListed);
    await Promise.all([arm.close(), data.close()]);
  }
}

/** Where roles may be limited to repositories, tokens are as well (rbac-abac guide). */
function isWide(registry: Described): boolean {
  const mode = inRegistry(registry, roleMode);
  return mode.state === 'known' && mode.value === 'legacy';
}

const notListed: Listing = {
  state: 'unsupported',
  note: 'no check of repositories was asked for',
};

/** The repositories one by one; returns how far the list could be read. */
async function* repositories(
  { id, context }: RegistryInput,
  data: DataPlane,
  sources: RegistrySources,
): AsyncGenerator<RepositoryReading, Listing> {
  if (context.plan.repository.size === 0) return notListed;
  const state: { counted: number; stopped: Unknown | null } = { counted: 0, stopped: null };
  const listed = async function* (): AsyncGenerator<string> {
    const listing = data.pages('Catalog_List', '/acr/v1/_catalog', { n: 1000 });
    for (;;) {
      const page = await ask(
        'Catalog_List',
        operations.Catalog_List,
        acrErrors,
        () => listing.next(),
        (raw) => pageOf(raw as IteratorResult<readonly unknown[], Error | null>),
      );
      if (page.state !== 'known') {
        state.stopped =
          page.state === 'unknown' ? page : unknown('undecodable', 'Catalog_List', '');
        return;
      }
      if (page.value === null) return;
      state.counted += page.value.length;
      context.progress({ kind: 'repositories', registry: id, known: state.counted });
      yield* page.value.filter(context.wanted);
    }
  };
  yield* mapInOrder(listed(), context.concurrency * 2, async (name) => {
    const images = imagesOf({
      data,
      repository: name,
      context,
      findings: () => findingsOf(sources.registry, sources.subscription),
    });
    return {
      kind: 'repository' as const,
      registry: id,
      name,
      facts: await collectFacts(
        provides.repository,
        context.plan.repository,
        repositoryWays(name, { ...sources, images }),
      ),
    };
  });
  if (state.stopped !== null) return state.stopped;
  return {
    state: 'known',
    // Charts and other artifacts are in repositories as well; the list does not tell them apart.
    value: { repositories: state.counted, others: 0 },
    from: { operation: 'Catalog_List' },
  };
}

/** The names of a page; null at the proper end. */
function pageOf(step: IteratorResult<readonly unknown[], Error | null>): readonly string[] | null {
  if (!step.done) return step.value.flatMap(namesIn);
  if (step.value !== null) throw step.value;
  return null;
}
