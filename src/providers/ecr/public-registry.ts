import { stringAt } from '../../decode/fields.ts';
import type { AnyFact, Fact } from '../../model/fact.ts';
import type { Listing, SnapshotLine } from '../../model/snapshot.ts';
import { always, type Registry, type ScanContext, unsupported } from '../contract.ts';
import { join } from '../facts.ts';
import { shifted } from '../read-registry.ts';
import { ecrApi } from './wire/api.ts';
import type { AwsClient } from './wire/client.ts';

/** ECR Public has its API in one region of the commercial partition (user guide, public-registries). */
const home = 'us-east-1';
const anyonePulls = always(
  { mode: 'anyone', how: 'ECR Public serves every image to anybody' },
  'https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policies.html',
);
const notOffered = unsupported('ECR Public does not have this setting');

/** The account's repositories in ECR Public: an inventory, since there is nothing to configure but their existence. */
export function publicRegistry(
  id: string,
  connect: (registry: string, signal: AbortSignal) => AwsClient,
  context: ScanContext,
): Registry {
  return {
    id,
    read: async function* (signal) {
      const client = connect(id, signal);
      try {
        yield* readWith(client, id, context);
      } finally {
        client.close();
      }
    },
  };
}

async function* readWith(
  client: AwsClient,
  id: string,
  context: ScanContext,
): AsyncGenerator<SnapshotLine> {
  const names = await ecrApi(client).all(
    {
      name: 'DescribePublicRepositories',
      region: home,
      input: { maxResults: 1000 },
      entries: 'repositories',
    },
    (entries) => entries.map((entry) => stringAt(entry, 'repositoryName')),
  );
  // An account without public repositories has no such registry to speak of.
  if (names.state === 'known' && names.value.length === 0) return;
  const facts = (wanted: ReadonlySet<string>): Record<string, AnyFact> =>
    Object.fromEntries(
      [...wanted].map((name) => [name, name === 'publicPull' ? anyonePulls : notOffered]),
    );
  yield {
    kind: 'registry',
    registry: id,
    provider: 'ecr',
    unreachable: null,
    takenAt: context.now().toISOString(),
    facts: facts(context.plan.registry),
    repositoryDefaults: facts(context.plan.repository),
  };
  if (names.state === 'known') {
    for (const name of new Set(names.value.filter(context.wanted))) {
      yield { kind: 'repository', registry: id, name, facts: facts(context.plan.repository) };
    }
  }
  yield { kind: 'end', registry: id, listing: listingOf(names), calls: client.calls() };
}

function listingOf(names: Fact<readonly string[]>): Listing {
  const listing = join([names], (all) => ({ repositories: all.length, others: 0 }));
  if (names.state !== 'known') return listing;
  const seen = new Set<string>();
  const twice = names.value.find((name) => seen.size === seen.add(name).size);
  return twice === undefined ? listing : shifted(listing, twice);
}
