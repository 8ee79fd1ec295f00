import { objectOf, objectsAt, stringAt } from '../../decode/fields.ts';
import type { Unknown } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { known, type Learnt, unknown } from '../facts.ts';
import { unreachableRegistry } from '../read-registry.ts';
import { type Caller, callerOf, firstRegion } from './caller.ts';
import { unlessEmpty } from './empty-region.ts';
import { accountFacts } from './facts/account.ts';
import type { EcrOptions } from './options.ts';
import { provides } from './provides.ts';
import { publicRegistry } from './public-registry.ts';
import { privateRegistry } from './registry.ts';
import { type EcrApi, ecrApi } from './wire/api.ts';
import { awsClient } from './wire/client.ts';
import { credentialsFor } from './wire/credentials.ts';

/**
 * The registries of a target: `ecr` (the region of the environment), `ecr://ACCOUNT/REGION`, or an
 * entry with regions. One that cannot be signed in to is a registry of its own that says so.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as EcrOptions;
  const address = addressOf(target);
  const first = await firstRegion(address.region, options, context);
  return registriesOf(address, first, options, context);
}

async function* registriesOf(
  address: Address,
  first: string,
  options: EcrOptions,
  context: ScanContext,
): AsyncGenerator<Registry> {
  const [, ofRole] = /^arn:[^:]*:iam::(\d{12}):/.exec(options.role ?? '') ?? [];
  const wanted = address.account === '' ? options.account : address.account;
  const credentials = credentialsFor(options, first, context);
  const connect = (registry: string, signal: AbortSignal) =>
    awsClient({
      registry,
      endpoint: options.endpoint,
      credentials,
      context: { ...context, signal },
    });
  const named = wanted ?? ofRole ?? 'unknown';
  const discoveryClient = connect(`ecr://${named}`, context.signal);
  const discovery = ecrApi(discoveryClient);
  try {
    const caller = inAccount(await discovery.one('GetCallerIdentity', first, {}, callerOf), wanted);
    if (caller.state !== 'known') {
      const place = options.regions === 'all' && address.region === '' ? 'all' : first;
      yield unreachable(`ecr://${named}/${place}`, withRole(caller, options), context);
      return;
    }
    const { account, partition, arn } = caller.value;
    context.progress({ kind: 'signed-in', registry: `ecr://${account}`, as: arn });
    if (address.region === 'public') {
      yield publicRegistry(`ecr://${account}/public`, connect, context);
      return;
    }
    const regions = await regionsOf(discovery, first, address.region, options);
    if (regions.state !== 'known') {
      yield unreachable(`ecr://${account}/all`, regions, context);
      return;
    }
    // Its connections end with the target: several registries ask it.
    const global = connect(`ecr://${account}`, context.signal);
    const shared = accountFacts(ecrApi(global), first);
    for (const region of regions.value) {
      const id = `ecr://${account}/${region}`;
      const place = { account, partition, region };
      const registry = privateRegistry({ id, place, connect, account: shared, context });
      const mayBeEmpty = options.regions === 'all' && address.region === '';
      yield mayBeEmpty && options.emptyRegions !== 'full'
        ? unlessEmpty(registry, region, connect, context)
        : registry;
    }
    if (
      address.region === '' &&
      partition === 'aws' &&
      options.public !== false &&
      context.plan.repository.has('publicPull')
    ) {
      yield publicRegistry(`ecr://${account}/public`, connect, context);
    }
  } finally {
    discoveryClient.close();
  }
}

interface Address {
  readonly account: string;
  readonly region: string;
}

/** `123456789012`, `123456789012/eu-west-1`, `123456789012/public`. */
export const addressForm = /^(\d{12})(?:\/([a-z]{2,}(?:-[a-z0-9]+)+-\d+|public))?\/?$/;

function addressOf({ address }: Target): Address {
  if (address === '') return { account: '', region: '' };
  const [, account, region] = addressForm.exec(address) ?? [];
  if (account === undefined) {
    throw new UsageError(
      `ecr://${address} is not an address of ECR`,
      'write ecr, ecr://ACCOUNT/REGION with 12 digits and a region such as eu-west-1, or ecr://ACCOUNT/public',
    );
  }
  return { account, region: region === undefined ? '' : region };
}

async function regionsOf(
  api: EcrApi,
  first: string,
  address: string,
  options: EcrOptions,
): Promise<Learnt<readonly string[]>> {
  if (address === '' && options.regions === 'all')
    return api.one('DescribeRegions', first, {}, enabledRegions);
  const named = address === '' && Array.isArray(options.regions) ? options.regions : [first];
  return known('none', '', () => [...new Set(named)]);
}

/** DescribeRegions without AllRegions answers with those the account can use. */
function enabledRegions(raw: unknown): readonly string[] {
  return objectsAt(objectOf(raw, 'the answer'), 'Regions')
    .map((region) => stringAt(region, 'RegionName'))
    .sort();
}

/** The caller, if it is signed in to the account that was asked for. */
function inAccount(caller: Learnt<Caller>, wanted: string | undefined): Learnt<Caller> {
  if (caller.state !== 'known' || wanted === undefined || caller.value.account === wanted)
    return caller;
  const said = `the credentials are for account ${caller.value.account}, not ${wanted}`;
  const why = unknown('denied', 'GetCallerIdentity', said);
  const cure = `name a profile or a role of account ${wanted}, with profile: or role: in the configuration or AWS_PROFILE`;
  return { ...why, from: { ...why.from, cure } };
}

/** A refused role looks the same whether it is missing, does not trust the caller, or its account is suspended. */
function withRole(why: Unknown, { role }: EcrOptions): Unknown {
  if (role === undefined || why.why !== 'denied' || why.from.cure !== undefined) return why;
  const name = role.replace(/^.*:role\//, '');
  const cure = `see that the role ${name} exists in the account, trusts the caller and its external id, and that the account is active`;
  return { ...why, from: { ...why.from, cure } };
}

function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry({ id, provider: 'ecr', provides }, why, context);
}
