import { type JsonObject, objectOf, stringAt } from '../../../decode/fields.ts';
import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { always } from '../../contract.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists, type LearntList } from '../../parts.ts';
import { privateEndpoints } from '../decode/network.ts';
import * as registry from '../decode/registry.ts';
import { type KmsKey, kmsKey } from '../decode/repository.ts';
import * as scanning from '../decode/scanning.ts';
import {
  type Destination,
  eventDataStore,
  type Recorder,
  type Trail,
  type TrailStatus,
  trail,
} from '../decode/trails.ts';
import type { EcrApi } from '../wire/api.ts';
import type { AccountFacts } from './account.ts';

/** Which registry is read, and when. */
export interface Place {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** The time that every fact of the registry is judged by, ISO 8601. */
  readonly takenAt: string;
}

/** Settings of the registry and its neighbours, each read when first needed and only once. */
export type Settings = ReturnType<typeof settings>;

export function settings(api: EcrApi, place: Place, { trailState }: AccountFacts) {
  const { region, account } = place;
  const templates = oncePer(async (where) => {
    const listing = {
      name: 'DescribeRepositoryCreationTemplates',
      region: where,
      input: { maxResults: 1000 },
      entries: 'repositoryCreationTemplates',
    } as const;
    return eachEntry(await api.all(listing, same), (raw) => [registry.creationTemplate(raw)]);
  });
  const scanType = once(() =>
    api.one('GetRegistryScanningConfiguration', region, {}, scanning.scanningRegistry),
  );
  const inspector = once(() =>
    api.one(
      'BatchGetAccountStatus',
      region,
      { accountIds: [account] },
      scanning.inspectorState(account),
    ),
  );
  return {
    scanning: scanType,
    /** Inspector counts only where the registry leaves scanning to it. */
    inspector: async (): Promise<Fact<scanning.Inspector>> => {
      const type = await scanType();
      if (type.state === 'known' && type.value.type !== 'ENHANCED') return notAsked;
      return inspector();
    },
    rescanDays: once(() => api.one('GetConfiguration', region, {}, scanning.rescanDays)),
    replication: once(async () =>
      eachEntry(await api.one('DescribeRegistry', region, {}, registry.replicationRules), (raw) => [
        registry.replicationRule(raw),
      ]),
    ),
    cacheRules: once(async () => {
      const listing = {
        name: 'DescribePullThroughCacheRules',
        region,
        input: { maxResults: 1000 },
        entries: 'pullThroughCacheRules',
      } as const;
      return eachEntry(await api.all(listing, same), (raw) => [registry.cacheRule(raw)]);
    }),
    templates,
    signing: once(() => api.one('GetSigningConfiguration', region, {}, registry.signingRules)),
    profileTrouble: oncePer((arn) =>
      api.one(
        'GetSigningProfile',
        region,
        profileInput(arn, account),
        registry.signingProfileTrouble,
      ),
    ),
    key: oncePer(
      (arn): Promise<Fact<KmsKey>> => api.one('DescribeKey', region, { KeyId: arn }, kmsKey),
    ),
    endpoints: once(() =>
      api.all(
        {
          name: 'DescribeVpcEndpoints',
          region,
          input: { Filters: [{ Name: 'service-name', Values: endpointServices(place) }] },
          entries: 'VpcEndpoints',
          token: 'NextToken',
        },
        privateEndpoints,
      ),
    ),
    trails: once(() => recordingTrails(api, region, trailState)),
    eventDataStores: once(() => eventDataStores(api, region)),
  };
}

function same(entries: readonly JsonObject[]): readonly JsonObject[] {
  return entries;
}

const notAsked: Fact<scanning.Inspector> = always(
  'not asked',
  'basic scanning does not use Inspector',
);

/** `arn:aws:signer:REGION:ACCOUNT:/signing-profiles/NAME`; a foreign profile is asked for with its owner. */
function profileInput(arn: string, account: string): object {
  const parts = arn.split(':');
  const profileName = arn.split('/').at(-1);
  return parts[4] === account ? { profileName } : { profileName, profileOwner: parts[4] };
}

/** Service names start with the partition's reversed domain (EC2 user guide, vpce interface endpoints). */
function endpointServices({ partition, region }: Place): string[] {
  const own = domains[partition];
  const all = own === undefined ? ['com.amazonaws'] : [own, 'com.amazonaws'];
  return all.flatMap((domain) =>
    ['api', 'dkr'].map((service) => `${domain}.${region}.ecr.${service}`),
  );
}

/** By partition; some of their services keep the commercial name, so both are asked for. */
const domains: Readonly<Record<string, string>> = {
  'aws-cn': 'cn.com.amazonaws',
  'aws-eusc': 'eu.amazonaws',
  'aws-iso': 'gov.ic.c2s',
  'aws-iso-b': 'gov.sgov.sc2s',
  'aws-iso-e': 'uk.adc-e.cloud',
  'aws-iso-f': 'gov.ic.hci.csp',
};

/** Every trail that covers this region, as a recorder of ECR's events; each is known by itself. */
async function recordingTrails(
  api: EcrApi,
  region: string,
  stateOf: AccountFacts['trailState'],
): Promise<LearntList<Recorder>> {
  const listed = await api.one('DescribeTrails', region, { includeShadowTrails: true }, (raw) =>
    registryTrails(raw, region),
  );
  if (listed.state !== 'known') return listed;
  const each = listed.value.map(
    async (one): Promise<Fact<Recorder[]>> =>
      join([await stateOf(one)], ({ on, records, ...trouble }) => [
        {
          name: one.name,
          kind: 'trail',
          records,
          on,
          destinations: destinationsOf(one, trouble),
          days: null,
          protected: false,
        },
      ]),
  );
  return joinLists([join([listed], (): Recorder[] => []), ...(await Promise.all(each))]);
}

function destinationsOf(
  { bucket, logGroup }: Trail,
  { bucketTrouble, logGroupTrouble }: Omit<TrailStatus, 'on'>,
): readonly Destination[] {
  const files = { kind: 'bucket', address: `s3://${bucket}`, trouble: bucketTrouble } as const;
  if (logGroup === null) return [files];
  return [files, { kind: 'log group', address: logGroup, trouble: logGroupTrouble }];
}

function registryTrails(raw: unknown, region: string) {
  const list = objectOf(raw, 'the answer')['trailList'];
  if (!Array.isArray(list)) throw new Error('trailList is missing');
  return list
    .map((entry) => trail(objectOf(entry, 'a trail'), region))
    .filter(({ covers }) => covers);
}

async function eventDataStores(api: EcrApi, region: string): Promise<Fact<readonly Recorder[]>> {
  const listed = await api.all(
    {
      name: 'ListEventDataStores',
      region,
      input: {},
      entries: 'EventDataStores',
      token: 'NextToken',
    },
    (entries) => entries.map((entry) => stringAt(entry, 'EventDataStoreArn')),
  );
  if (listed.state !== 'known') return listed;
  const each = listed.value.map((arn) =>
    api.one('GetEventDataStore', region, { EventDataStore: arn }, (raw) =>
      eventDataStore(raw, region),
    ),
  );
  return join([listed, ...(await Promise.all(each))], (_, ...found) => found);
}
