import { arrayAt, objectOf } from '../../decode/fields.ts';
import type { AnyFact } from '../../model/fact.ts';
import { type Registry, type ScanContext, unsupported } from '../contract.ts';
import { known } from '../facts.ts';
import { settledRegistry } from '../read-registry.ts';
import { provides } from './provides.ts';
import { ecrApi } from './wire/api.ts';
import type { AwsClient } from './wire/client.ts';

const note = 'the region holds no repository';

/**
 * A registry that is read only if its region holds a repository: of all the regions of an account most hold
 * none, and their settings matter to nobody. One call tells; where that fails the registry is read.
 */
export function unlessEmpty(
  registry: Registry,
  region: string,
  connect: (registry: string, signal: AbortSignal) => AwsClient,
  context: ScanContext,
): Registry {
  const { id } = registry;
  return {
    id,
    read: async function* (signal) {
      const client = connect(id, signal);
      const first = await ecrApi(client)
        .one('DescribeRepositories', region, { maxResults: 1 }, holdsNone)
        .finally(client.close);
      const empty = first.state === 'known' && first.value;
      yield* (empty ? emptyRegistry(id, context) : registry).read(signal);
    },
  };
}

function holdsNone(raw: unknown): boolean {
  return arrayAt(objectOf(raw, 'the answer'), 'repositories').length === 0;
}

function emptyRegistry(id: string, context: ScanContext): Registry {
  const facts = Object.fromEntries(
    Object.keys(provides.registry).map((name): [string, AnyFact] => [name, unsupported(note)]),
  );
  return settledRegistry({ id, provider: 'ecr' }, context, {
    facts,
    repositoryDefaults: {},
    listing: known('DescribeRepositories', '', () => ({ repositories: 0, others: 0 })),
  });
}
