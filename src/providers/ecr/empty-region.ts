import { parsePolicy } from '../../aws-policy/parse.ts';
import { arrayAt, objectOf, stringAt } from '../../decode/fields.ts';
import type { AnyFact } from '../../model/fact.ts';
import { type Registry, type ScanContext, unsupported } from '../contract.ts';
import { known } from '../facts.ts';
import { settledRegistry } from '../read-registry.ts';
import { provides } from './provides.ts';
import { type EcrApi, ecrApi } from './wire/api.ts';
import type { AwsClient } from './wire/client.ts';

const note = 'the region holds no repository, and nothing that lets anybody create one';

/**
 * A registry that is read only if its region is in use: of all the regions of an account most hold no
 * repository, no registry policy that allows anything and no pull through cache rule. Three calls tell;
 * where one of them fails the registry is read.
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
      const unused = await isUnused(ecrApi(client), region).finally(client.close);
      yield* (unused ? emptyRegistry(id, context) : registry).read(signal);
    },
  };
}

/** One call for a region with repositories. A registry policy lets others create repositories or replicate into it. */
async function isUnused(api: EcrApi, region: string): Promise<boolean> {
  const one = { maxResults: 1 };
  const none = await api.one('DescribeRepositories', region, one, holdsNone('repositories'));
  if (none.state !== 'known' || !none.value) return false;
  const others = await Promise.all([
    api.one('GetRegistryPolicy', region, {}, allowsNothing),
    api.one('DescribePullThroughCacheRules', region, one, holdsNone('pullThroughCacheRules')),
  ]);
  return others.every((fact) => fact.state === 'known' && fact.value);
}

/** AWS may send an empty page before one that is not. */
function holdsNone(entries: string) {
  return (raw: unknown): boolean => {
    const answer = objectOf(raw, 'the answer');
    return arrayAt(answer, entries).length === 0 && answer['nextToken'] === undefined;
  };
}

function allowsNothing(raw: unknown): boolean {
  if (raw === null) return true;
  const { statements } = parsePolicy(stringAt(objectOf(raw, 'the answer'), 'policyText'));
  return statements.every(({ effect }) => effect === 'Deny');
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
