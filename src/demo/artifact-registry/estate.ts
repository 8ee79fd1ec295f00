import { type Frozen, list, record, type Static, Type, text, texts } from '../../model/shape.ts';
import { fault } from '../fault.ts';
import { storedContent } from '../stored-content.ts';

/*
 * A Google estate: the content of an organisation as data. Names and nesting are simplified; a "vendor
 * object" is sent unchanged in Google's format.
 */

const vendor = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description: `vendor object: ${description}` });
const vendors = (description: string) => list(vendor(description));
const byName = <S extends Parameters<typeof Type.Record>[1]>(schema: S, description: string) =>
  Type.Record(Type.String(), schema, { description });
const policy = vendor('IAM policy: bindings and auditConfigs; absent: nothing is granted here');

const image = record({
  name: Type.String({ description: 'its digest is the SHA-256 of this name' }),
  image: Type.String({ description: 'the image name within the repository' }),
  tags: Type.Optional(texts),
  uploadedAt: text,
  mediaType: Type.Optional(Type.String({ description: 'absent: an OCI manifest' })),
  artifactType: Type.Optional(text),
  manifests: Type.Optional(vendors('ImageManifest, of an index')),
  discovery: Type.Optional(vendor('discovery of the DISCOVERY occurrence; absent: there is none')),
  findings: Type.Optional(byName(Type.Integer(), 'vulnerabilities by severity')),
  notes: Type.Optional(
    list(
      record({
        kind: text,
        note: text,
        attestation: Type.Optional(vendor('of an ATTESTATION; absent: one signature, made up')),
        dsseAttestation: Type.Optional(vendor('of a DSSE_ATTESTATION')),
      }),
      'further occurrences: attestations, SBOMs, builds',
    ),
  ),
});

const filed = record({
  of: Type.String({ description: 'name of the image that it is about' }),
  manifest: Type.String({ description: 'its bytes; it refers to the image' }),
});

const repository = record({
  about: Type.Optional(Type.String({ description: 'what there is to see; not sent' })),
  settings: vendor('Repository, without its name'),
  policy: Type.Optional(policy),
  images: Type.Optional(list(image)),
  filed: Type.Optional(list(filed, 'signatures beside images, which the distribution API serves')),
  layers: Type.Optional(storedContent),
  attachments: Type.Optional(
    list(
      record({
        type: text,
        of: Type.String({ description: 'name of the image it belongs to' }),
        stored: Type.Optional(Type.String({ description: 'name of the image it is stored as' })),
      }),
    ),
  ),
});

const project = record({
  number: text,
  folders: Type.Optional(Type.Array(Type.String(), { description: 'nearest first' })),
  outsideOrganization: Type.Optional(Type.Boolean()),
  policy: Type.Optional(policy),
  off: Type.Optional(
    Type.Array(Type.String(), { description: 'APIs that are off: binaryauthorization' }),
  ),
  scanningApi: Type.Optional(Type.String({ description: 'its state; absent: ENABLED' })),
  sinks: Type.Optional(vendors('LogSink')),
  logBuckets: Type.Optional(vendors('LogBucket')),
  admission: Type.Optional(vendor('Binary Authorization policy; absent: the default')),
  attestors: Type.Optional(vendors('Attestor')),
  clusters: Type.Optional(vendors('GKE Cluster')),
  runServices: Type.Optional(vendors('Cloud Run Service (v1)')),
  runJobs: Type.Optional(vendors('Cloud Run Job (v1)')),
  runWorkerPools: Type.Optional(vendors('Cloud Run WorkerPool (v1)')),
  serviceAccountPolicies: Type.Optional(
    byName(policy, 'policies of service accounts, by e-mail address; absent: nothing is granted'),
  ),
  serviceAccountKeys: Type.Optional(byName(vendors('ServiceAccountKey'), 'by e-mail address')),
  keyUses: Type.Optional(byName(text, 'key id: when it was last used')),
  tls: Type.Optional(vendor('spec of the effective policy gcp.restrictTLSVersion')),
  buckets: Type.Optional(
    byName(record({ bucket: vendor('Bucket'), policy: Type.Optional(policy) }), 'by name'),
  ),
  keys: Type.Optional(byName(vendor('CryptoKey'), 'by full name')),
  vpcscPolicy: Type.Optional(Type.Unsafe<string | number>({ type: ['string', 'number'] })),
  locations: byName(
    byName(repository, 'by repository id'),
    'by location; others are offered and empty',
  ),
});

export const estate = record({
  asOf: text,
  organization: Type.Optional(
    record({
      id: text,
      domain: text,
      policy: Type.Optional(policy),
      sinks: Type.Optional(vendors('LogSink')),
      perimeters: Type.Optional(vendors('ServicePerimeter')),
      accessLevels: Type.Optional(vendors('AccessLevel')),
    }),
  ),
  folders: Type.Optional(
    byName(
      record({ policy: Type.Optional(policy), sinks: Type.Optional(vendors('LogSink')) }),
      'by number',
    ),
  ),
  projects: byName(project, 'by id'),
  roles: Type.Optional(byName(texts, 'permissions of roles, predefined or custom, by full name')),
  /** Entries per page; absent: the requested number. */
  pageSize: Type.Optional(Type.Integer({ minimum: 1 })),
  faults: Type.Optional(list(fault)),
});

export type Estate = Frozen<Static<typeof estate>>;
export type EstateProject = Estate['projects'][string];
export type EstateRepository = EstateProject['locations'][string][string];
export type EstateImage = NonNullable<EstateRepository['images']>[number];
