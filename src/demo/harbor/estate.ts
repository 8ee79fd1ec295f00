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

/*
 * A Harbor estate: the content of an instance as data. A "vendor object" is sent in Harbor's format, with
 * default ids and dates. Instants are ISO 8601 in UTC.
 */

const vendor = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description: `vendor object: ${description}` });
const vendors = (description: string) => Type.Optional(list(vendor(description)));
const about = Type.Optional(Type.String({ description: 'what there is to see; not sent' }));

const accessory = record({
  type: text,
  name: Type.String({ description: 'its digest is the SHA-256 of this name' }),
  manifest: Type.Optional(vendor('what GetArtifact says of it: artifact_type, annotations')),
  bytes: Type.Optional(
    Type.String({
      description: 'its manifest, which its digest is then of; absent: cannot be read',
    }),
  ),
});

const artifact = record({
  repository: Type.String({ description: 'within the project' }),
  name: Type.String({ description: 'its digest is the SHA-256 of this name' }),
  tags: Type.Optional(texts),
  pushedAt: text,
  type: Type.Optional(Type.String({ description: 'absent: IMAGE' })),
  scan: Type.Optional(
    Type.Unsafe<Readonly<Record<string, number>> | string>({
      type: ['object', 'string'],
      description: 'findings per severity, or the status of a scan; absent: not scanned',
    }),
  ),
  accessories: Type.Optional(list(accessory)),
  os: Type.Optional(Type.String({ description: 'of its configuration; absent: none is told' })),
  references: vendors('the images of an index'),
});

const project = record({
  about,
  registry: Type.Optional(Type.Integer({ description: 'the registry it caches' })),
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
  allowlist: Type.Optional(vendor('cve_allowlist')),
  members: vendors('ProjectMemberEntity'),
  robots: vendors('Robot of level project'),
  immutable: vendors('ImmutableRule'),
  retention: Type.Optional(vendor('RetentionPolicy')),
  webhooks: vendors('WebhookPolicy'),
  scanner: Type.Optional(
    Type.Unsafe<Readonly<Record<string, unknown>> | 'none'>({
      type: ['object', 'string'],
      description: 'its scanner, or none; absent: that of the instance',
    }),
  ),
  artifacts: Type.Optional(list(artifact)),
  layers: Type.Optional(storedContent),
});

const schedule = (description: string) =>
  Type.Optional(
    Type.Unsafe<Readonly<Record<string, unknown>> | null>({
      type: ['object', 'null'],
      description: `${description}; absent or null: none was ever set`,
    }),
  );

/** The content of a demo Harbor, and the signed-in account. */
export const estate = record({
  about,
  asOf: text,
  pageSize: Type.Optional(Type.Integer({ description: 'most entries of a page' })),
  caller: record({
    kind: word(['robot', 'person']),
    name: text,
    secret: Type.Optional(Type.String({ description: 'absent: what the demo signs in with' })),
  }),
  info: Type.Optional(vendor('GeneralInfo, where it is not a plain OIDC instance')),
  configuration: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'values of ConfigurationsResponse' }),
  ),
  omits: Type.Optional(
    Type.Array(Type.String(), { description: 'items that this release has no configuration of' }),
  ),
  users: vendors('UserResp'),
  robots: vendors('Robot of level system'),
  registries: vendors('Registry'),
  replication: vendors('ReplicationPolicy'),
  scanAll: schedule('Schedule'),
  purge: schedule('ExecHistory'),
  gc: schedule('GCHistory'),
  gcRuns: vendors('GCHistory'),
  allowlist: Type.Optional(vendor('CVEAllowlist of the instance')),
  pulls: Type.Optional(list(text)),
  scanner: Type.Optional(
    Type.Unsafe<Readonly<Record<string, unknown>> | 'none'>({
      type: ['object', 'string'],
      description: 'the default scanner, or none; absent: Trivy',
    }),
  ),
  leaks: Type.Optional(
    list(text, 'images, project/name:tag, that a cache before the instance hands to strangers'),
  ),
  projects: Type.Record(Type.String(), project),
  faults: Type.Optional(list(fault)),
});

export type Estate = Frozen<Static<typeof estate>>;
export type Project = Estate['projects'][string];
export type Artifact = NonNullable<Project['artifacts']>[number];
