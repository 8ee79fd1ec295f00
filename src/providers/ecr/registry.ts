import {
  DecodeError,
  type JsonObject,
  objectOf,
  objectsAt,
  stringAt,
} from '../../decode/fields.ts';
import { oncePer } from '../../http/once.ts';
import type { Fact } from '../../model/fact.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { join } from '../facts.ts';
import { pagedList, readRegistry } from '../read-registry.ts';
import { type Described, described } from './decode/repository.ts';
import { type EffectiveScan, effectiveScan } from './decode/scanning.ts';
import { accessOf } from './facts/access.ts';
import type { AccountFacts } from './facts/account.ts';
import { repositoryArn } from './facts/iam-access.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { type Place, settings as settingsOf } from './facts/settings.ts';
import { provides } from './provides.ts';
import { type EcrApi, ecrApi } from './wire/api.ts';
import type { AwsClient } from './wire/client.ts';
import { layersOf } from './wire/layers.ts';

export interface RegistryInput {
  readonly id: string;
  readonly place: Omit<Place, 'takenAt'>;
  readonly connect: (registry: string, signal: AbortSignal) => AwsClient;
  readonly account: AccountFacts;
  readonly context: ScanContext;
}

/** One private registry: an account in a region. */
export function privateRegistry(input: RegistryInput): Registry {
  const { id, connect, account, context } = input;
  return readRegistry<Described>(
    { id, provider: 'ecr', provides },
    context,
    ({ signal, takenAt }) => {
      const place = { ...input.place, takenAt };
      const client = connect(id, signal);
      const layers = layersOf({ ...context, signal }, id);
      const api = ecrApi(client);
      const settings = settingsOf(api, place, account);
      const access = accessOf(api, place, account);
      return {
        registryCollectors: registryCollectors(settings, place, access),
        repositories: () => pagedList('DescribeRepositories', listed(api, place)),
        repositoryCollectors: (page) => {
          const scanOf = effectiveScans(page, api, place);
          return (repository) =>
            repositoryCollectors(repository, {
              api,
              settings,
              access,
              place,
              layers,
              context,
              scan: () => scanOf(repository),
            });
        },
        isGone: ({ name }) => api.isGone(place.region, name),
        calls: client.calls,
        close: async () => {
          client.close();
          await layers.close();
        },
      };
    },
  );
}

function listed(api: EcrApi, place: Place) {
  const { region } = place;
  const input = { maxResults: 1000 };
  return api.pages(
    { name: 'DescribeRepositories', region, input, entries: 'repositories' },
    (entries) => entries.map((entry) => inPlace(described(entry), place)),
  );
}

/** Throws for a repository whose ARN is not its own: policies would be judged for another resource. */
function inPlace(repository: Described, place: Place): Described {
  const { name, arn } = repository;
  if (arn === repositoryArn(place, name)) return repository;
  throw new DecodeError(`repositoryArn of ${name} is ${arn.slice(0, 120)}`);
}

const batch = 25;

/** The effective scan settings of these repositories, asked for 25 at a time, and only if needed. */
function effectiveScans(page: readonly Described[], api: EcrApi, { region }: Place) {
  const names = page.map(({ name }) => name);
  const batchOf = new Map(names.map((name, index) => [name, Math.floor(index / batch)]));
  const answers = oncePer((number) => {
    const repositoryNames = names.slice(Number(number) * batch, (Number(number) + 1) * batch);
    return api.one(
      'BatchGetRepositoryScanningConfiguration',
      region,
      { repositoryNames },
      byRepository,
    );
  });
  return async ({ name }: Described): Promise<Fact<EffectiveScan>> =>
    join([await answers(String(batchOf.get(name)))], (found) => {
      const entry = found.get(name);
      if (entry === undefined) throw new DecodeError(`${name} is not in the answer`);
      return effectiveScan(entry);
    });
}

function byRepository(raw: unknown): ReadonlyMap<string, JsonObject> {
  const entries = objectsAt(objectOf(raw, 'the answer'), 'scanningConfigurations');
  return new Map(entries.map((entry) => [stringAt(entry, 'repositoryName'), entry]));
}
