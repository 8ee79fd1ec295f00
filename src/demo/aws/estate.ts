import {
  type Frozen,
  list,
  record,
  type Static,
  Type,
  text,
  texts,
  word,
} from '../../model/shape.ts';
import { fault } from '../fault.ts';
import { storedContent } from '../stored-content.ts';
import { document, iam } from './estate-iam.ts';

/*
 * An AWS estate: the content of an account as data. Names and nesting are simplified; a "vendor object" is
 * sent unchanged in AWS's format. Instants are ISO 8601 in UTC with whole seconds.
 */

const vendor = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description: `vendor object: ${description}` });
const vendors = (description: string) => list(vendor(description));
const byName = <S extends Parameters<typeof Type.Record>[1]>(schema: S, description: string) =>
  Type.Record(Type.String(), schema, { description });

const image = record({
  name: Type.String({ description: 'its digest is the SHA-256 of this name' }),
  tags: Type.Optional(texts),
  pushedAt: text,
  kind: Type.Optional(
    word(
      [
        'image',
        'docker-image',
        'index',
        'notation-signature',
        'cosign-signature',
        'cosign-attestation',
        'sigstore-bundle',
        'spdx',
        'unheard-of',
        'helm-chart',
        'build-cache',
      ],
      'absent: image; images, charts and caches stand alone, the others need `of`',
    ),
  ),
  of: Type.Optional(Type.String({ description: 'name of the image it belongs to' })),
  scan: Type.Optional(
    Type.Unsafe<Readonly<Record<string, number>> | string>({
      type: ['object', 'string'],
      description:
        'findings per severity, or the status of a scan without any; absent: not scanned',
    }),
  ),
  scannedAt: Type.Optional(Type.String({ description: 'absent: when it was pushed' })),
  deleted: Type.Optional(
    Type.Literal(true, { description: 'listed, and deleted before it is asked for' }),
  ),
  signing: Type.Optional(vendors('signingStatuses of DescribeImageSigningStatus')),
  manifest: Type.Optional(
    Type.String({
      description: 'its manifest, which its digest is then of; absent: cannot be read',
    }),
  ),
});

const repository = record({
  about: Type.Optional(Type.String({ description: 'what there is to see; not sent' })),
  createdAt: Type.Optional(text),
  imageTagMutability: Type.Optional(Type.String({ description: 'absent: MUTABLE' })),
  imageTagMutabilityExclusionFilters: Type.Optional(vendors('filters')),
  tags: Type.Optional(byName(text, 'ListTagsForResource, by key')),
  imageScanningConfiguration: Type.Optional(vendor('absent: scanOnPush false')),
  encryptionConfiguration: Type.Optional(vendor('absent: AES256')),
  policy: Type.Optional(document),
  lifecyclePolicy: Type.Optional(document),
  scanning: Type.Optional(
    vendor('BatchGetRepositoryScanningConfiguration; absent: as the registry rules say'),
  ),
  images: Type.Optional(list(image)),
  layers: Type.Optional(storedContent),
  deletedAfterListing: Type.Optional(
    Type.Boolean({ description: 'true: listed, and not there when it is asked about' }),
  ),
});

const registry = record({
  replicationRules: Type.Optional(vendors('rules of DescribeRegistry')),
  policy: Type.Optional(document),
  scanning: Type.Optional(
    record({
      scanType: text,
      rules: Type.Optional(
        list(record({ scanFrequency: text, repositoryFilters: vendors('filter and filterType') })),
      ),
    }),
  ),
  signingRules: Type.Optional(vendors('rules of GetSigningConfiguration; absent: not configured')),
  settings: Type.Optional(byName(text, 'GetAccountSetting; REGISTRY_POLICY_SCOPE is V2 if absent')),
  cacheRules: Type.Optional(vendors('pullThroughCacheRules')),
  creationTemplates: Type.Optional(vendors('repositoryCreationTemplates')),
  missingFeatures: Type.Optional(
    list(word(['scanning', 'signing']), 'features AWS does not offer in this region'),
  ),
});

const region = record({
  registry: Type.Optional(registry),
  repositories: Type.Optional(byName(repository, 'by repository name, in the order of the list')),
  inspector: Type.Optional(
    record({
      ecr: Type.String({ description: 'state of ECR scanning; without Inspector: DISABLED' }),
      rescanDuration: text,
    }),
  ),
  revoked: Type.Optional(
    list(text, 'what AWS Signer has revoked: ARNs of profiles and jobs, hashes of certificates'),
  ),
  signingProfiles: Type.Optional(byName(vendor('GetSigningProfile'), 'by profile name')),
  keys: Type.Optional(byName(vendor('KeyMetadata'), 'by key id')),
  trails: Type.Optional(
    byName(
      record({
        trail: vendor('an entry of DescribeTrails'),
        status: vendor('GetTrailStatus'),
        selectors: vendor('GetEventSelectors'),
      }),
      'by trail name, in the home region',
    ),
  ),
  eventDataStores: Type.Optional(byName(vendor('GetEventDataStore'), 'by name')),
  vpcEndpoints: Type.Optional(
    byName(
      record({
        service: Type.String({ description: 'ecr.api, ecr.dkr, s3' }),
        vpc: text,
        state: text,
        privateDns: Type.Boolean(),
        policy: Type.Optional(document),
      }),
      'by endpoint id',
    ),
  ),
});

/** All responses of an AWS account, and the injected faults. */
export const estate = record({
  about: Type.String({ description: 'one sentence: why this estate exists' }),
  asOf: Type.String({ description: 'the instant at which its dates make sense' }),
  account: text,
  partition: Type.Optional(Type.String({ description: 'absent: aws' })),
  caller: Type.String({ description: 'ARN of who asks' }),
  pageSize: Type.Optional(
    Type.Integer({ minimum: 1, description: 'the most entries a page has, whatever is asked for' }),
  ),
  organization: Type.Optional(
    record({
      id: text,
      managementAccount: text,
      accounts: Type.Optional(
        list(
          record({
            id: text,
            state: Type.Optional(Type.String({ description: 'absent: AWS does not say' })),
            paths: Type.Optional(texts),
            refuses: Type.Optional(
              Type.Literal(true, { description: 'its role may not be assumed' }),
            ),
          }),
          'of ListAccounts; each has the regions of the estate',
        ),
      ),
    }),
  ),
  regions: byName(region, 'the enabled regions, by name'),
  iam: Type.Optional(iam),
  publicRepositories: Type.Optional(byName(record({ createdAt: text }), 'ECR Public, by name')),
  faults: Type.Optional(list(fault)),
});

export type Estate = Frozen<Static<typeof estate>>;
export type EstateRegion = Frozen<Static<typeof region>>;
export type EstateRepository = Frozen<Static<typeof repository>>;
export type EstateImage = Frozen<Static<typeof image>>;
