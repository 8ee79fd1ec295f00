import { type JsonObject, maybeString, objectAt, objectOf } from '../../decode/fields.ts';
import { once, oncePer } from '../../http/once.ts';
import type { Unknown } from '../../model/fact.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { known, type Learnt, unknown } from '../facts.ts';
import { unreachableRegistry } from '../read-registry.ts';

import { type Described, described, describedAs } from './decode/registry.ts';
import { subscriptionIds, subscriptionsIn } from './decode/subscriptions.ts';
import { directoryFacts } from './facts/directory.ts';
import { subscriptionFacts } from './facts/subscription.ts';
import { operations } from './operations.ts';
import type { AcrOptions } from './options.ts';
import { provides } from './provides.ts';
import { acrRegistry } from './registry.ts';
import { type AcrApi, acrApi } from './wire/api.ts';
import { armClient } from './wire/arm.ts';
import { type Cloud, cloudOf } from './wire/cloud.ts';
import { credentialFor } from './wire/credential.ts';
import { directoryApi } from './wire/graph.ts';

/**
 * The registries of a target: `acr://SUBSCRIPTION/RESOURCE-GROUP/NAME`, `acr://NAME.azurecr.io`, all of a
 * subscription, or all of every readable subscription. A subscription or registry that cannot be read is yielded as unreachable.
 */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const options = target.options as AcrOptions;
  return registriesOf(addressOf(target), cloudOf(options), options, context);
}

async function* registriesOf(
  address: Address | null,
  cloud: Cloud,
  options: AcrOptions,
  context: ScanContext,
): AsyncGenerator<Registry> {
  const credential = once(() => credentialFor(cloud, options, context));
  const clientFor = (registry: string) => armClient({ registry, cloud, credential, context });
  const factsOf = oncePer(async (subscription) =>
    // Its connections end with the target: several registries ask it.
    subscriptionFacts(acrApi(clientFor(`acr://${subscription}`)), subscription),
  );
  // Shared by all registries, because they often have the same groups.
  const directory = directoryFacts(directoryApi({ registry: 'acr', cloud, credential, context }));
  const registryOf = async (registry: Described) =>
    acrRegistry({
      id: idOf(registry),
      registry,
      subscription: await factsOf(registry.subscription.toLowerCase()),
      directory,
      cloud,
      credential,
      context,
    });
  const discoveryClient = clientFor(address === null ? 'acr' : placeOf(address));
  const discovery = acrApi(discoveryClient);
  try {
    if (address !== null && address.name !== '') {
      const found = await named(discovery, address);
      yield found.state === 'known'
        ? await registryOf(found.value)
        : unreachable(placeOf(address), found, context);
      return;
    }
    const subscriptions = await subscriptionsOf(discovery, address, options);
    if (subscriptions.state !== 'known') {
      yield unreachable(
        address === null ? 'acr://unknown' : placeOf(address),
        subscriptions,
        context,
      );
      return;
    }
    const loginServer = address?.loginServer ?? null;
    for (const subscription of subscriptions.value) {
      const entries = await discovery.list(
        'Registries_List',
        subscription,
        ({ registries }, options) => registries.list(options),
        (all) => all,
      );
      if (entries.state !== 'known') {
        yield unreachable(`acr://${subscription}`, entries, context);
        continue;
      }
      for (const entry of entries.value) {
        if (loginServer !== null && loginServerIn(entry) !== loginServer) continue;
        const found = known('Registries_List', 'Microsoft.ContainerRegistry/registries/read', () =>
          described(entry),
        );
        yield found.state === 'known'
          ? await registryOf(found.value)
          : unreachable(`acr://${subscription}/${nameIn(entry)}`, found, context);
        if (loginServer !== null) return;
      }
    }
    if (address !== null && loginServer !== null) {
      const readable = subscriptions.value.length;
      const detail = `none of the ${readable} readable subscriptions has a registry ${loginServer}`;
      yield unreachable(
        placeOf(address),
        unknown('inconclusive', 'Registries_List', detail),
        context,
      );
    }
  } finally {
    await discoveryClient.close();
  }
}

/** The registry ID for an address that has not been read. */
function placeOf({ subscription, group, name, loginServer, managementGroup }: Address): string {
  if (loginServer !== null) return `acr://${loginServer}`;
  if (managementGroup !== null) return `acr://management-group/${managementGroup}`;
  return `acr://${subscription}${name === '' ? '' : `/${group}/${name}`}`;
}

interface Address {
  readonly subscription: string;
  /** Both empty: all of the subscription. */
  readonly group: string;
  readonly name: string;
  /** The host of one registry, to be looked for in every readable subscription; null: named otherwise. */
  readonly loginServer: string | null;
  /** The management group whose registries are meant; null: named otherwise. */
  readonly managementGroup: string | null;
}

/** A management group by its id. */
const managementGroupForm = /^management-group\/([\p{L}\p{N}._()-]{1,90})\/?$/u;

/** ACR: registry names, and the domains of the clouds. */
const loginServerForm = /^[a-z0-9-]+\.azurecr\.(?:io|cn|us|de)$/i;

const addressForm =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/([\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-])\/([a-z0-9-]{5,50}))?\/?$/iu;

/** Null: no address was given. */
function addressOf({ address }: Target): Address | null {
  if (address === '' || address === 'tenant') return null;
  const nothing = {
    subscription: '',
    group: '',
    name: '',
    loginServer: null,
    managementGroup: null,
  };
  if (loginServerForm.test(address)) return { ...nothing, loginServer: address.toLowerCase() };
  const [, managementGroup] = managementGroupForm.exec(address) ?? [];
  if (managementGroup !== undefined) return { ...nothing, managementGroup };
  const [, subscription, group = '', name = ''] = addressForm.exec(address) ?? [];
  if (subscription === undefined) {
    throw new UsageError(
      `acr://${address} is not an address of ACR`,
      'write acr, acr://SUBSCRIPTION, acr://SUBSCRIPTION/RESOURCE-GROUP/NAME, acr://management-group/NAME or acr://NAME.azurecr.io, the subscription by its id',
    );
  }
  return { ...nothing, subscription: subscription.toLowerCase(), group, name };
}

function idOf({ subscription, group, name }: Described): string {
  return `acr://${subscription.toLowerCase()}/${group}/${name}`;
}

function named(api: AcrApi, { subscription, group, name }: Address): Promise<Learnt<Described>> {
  return api.get(
    'Registries_Get',
    subscription,
    ({ registries }, options) => registries.get(group, name, options),
    (raw) => describedAs(raw, name),
  );
}

/** Ordered by what is unique: else pages may repeat rows and leave others out. */
const registriesQuery =
  "resources | where type =~ 'microsoft.containerregistry/registries' | project id, subscriptionId | order by id asc";

/** The subscriptions to look into. */
async function subscriptionsOf(
  discovery: AcrApi,
  address: Address | null,
  options: AcrOptions,
): Promise<Learnt<readonly string[]>> {
  if (address === null || address.loginServer !== null) return readable(discovery, options);
  if (address.managementGroup === null) return fixed([address.subscription]);
  const found = await discovery.query(
    'ResourceGraph_Registries',
    registriesQuery,
    { managementGroups: [address.managementGroup] },
    subscriptionsIn,
  );
  // A group that is not there, or whose content nobody let us read, is answered in the same way.
  return found.state === 'known' && found.value.length === 0
    ? unknown('inconclusive', 'ResourceGraph_Registries', 'no registry can be read below it')
    : found;
}

/**
 * Every subscription that can be read: as configured; else those that have a registry, by one query; else,
 * where the query is refused or finds nothing, all that can be read.
 */
async function readable(
  discovery: AcrApi,
  { subscriptions }: AcrOptions,
): Promise<Learnt<readonly string[]>> {
  if (subscriptions !== undefined) {
    return fixed([...new Set(subscriptions.map((one) => one.toLowerCase()))]);
  }
  const queried = await discovery.query(
    'ResourceGraph_Registries',
    registriesQuery,
    {},
    subscriptionsIn,
  );
  if (queried.state === 'known' && queried.value.length > 0) return queried;
  const listed = await discovery.restList(
    'Subscriptions_List',
    { path: '/subscriptions', version: '2022-12-01' },
    subscriptionIds,
  );
  if (listed.state !== 'known' || listed.value.length > 0) return listed;
  const { permission } = operations.Subscriptions_List;
  return unknown('denied', 'Subscriptions_List', nothingThere, permission);
}

const nothingThere = 'signed in, but no subscription can be read';

function fixed(subscriptions: readonly string[]): Learnt<readonly string[]> {
  return known('none', '', () => subscriptions);
}

/** As much of a name as an entry has that could not be read. */
function nameIn(entry: JsonObject): string {
  const name = known('Registries_List', '', () => maybeString(objectOf(entry, 'an entry'), 'name'));
  return name.state === 'known' && name.value !== null ? name.value.slice(0, 60) : 'unknown';
}

/** In lower case; null where it cannot be read. */
function loginServerIn(entry: JsonObject): string | null {
  const host = known('Registries_List', '', () =>
    maybeString(objectAt(objectOf(entry, 'an entry'), 'properties'), 'loginServer'),
  );
  return host.state === 'known' && host.value !== null ? host.value.toLowerCase() : null;
}

function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry({ id, provider: 'acr', provides }, why, context);
}
