import { type Frozen, list, record, type Static, Type, text, texts } from '../../model/shape.ts';
import { fault } from '../fault.ts';
import { storedContent } from '../stored-content.ts';

/*
 * An Azure estate: the content of subscriptions as data. Names and nesting are simplified; "properties" are
 * sent unchanged in Azure's format.
 */

const vendor = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description: `vendor object: ${description}` });
const byName = <S extends Parameters<typeof Type.Record>[1]>(schema: S, description: string) =>
  Type.Record(Type.String(), schema, { description });
const properties = (of: string) => Type.Optional(byName(vendor(`properties of ${of}`), 'by name'));

const image = record({
  name: Type.String({ description: 'its digest is the SHA-256 of this name' }),
  tags: Type.Optional(texts),
  pushedAt: text,
  locked: Type.Optional(Type.Boolean({ description: 'its tags cannot be written' })),
  mediaType: Type.Optional(Type.String({ description: 'absent: an OCI image manifest' })),
  configMediaType: Type.Optional(Type.String({ description: 'absent: not told, as of an index' })),
  os: Type.Optional(Type.String({ description: 'of its configuration; absent: none is told' })),
  referrers: Type.Optional(
    Type.Array(text, { description: 'artifact types of what refers to it' }),
  ),
  cosign: Type.Optional(
    Type.Array(text, { description: 'suffixes of its tags by cosign: sig, att' }),
  ),
});

const repository = record({
  about: Type.Optional(Type.String({ description: 'what there is to see; not sent' })),
  locked: Type.Optional(Type.Boolean({ description: 'it cannot be written as a whole' })),
  images: Type.Optional(list(image)),
  stored: Type.Optional(storedContent),
});

const roleAssignment = record({
  role: Type.String({ description: 'id of the role, without the path' }),
  principal: text,
  type: Type.String({ description: 'principalType' }),
  scope: Type.Optional(Type.String({ description: 'absent: the registry' })),
  condition: Type.Optional(text),
});

/** Roles of principals of another tenant through Azure Lighthouse. */
const delegation = record({
  tenant: text,
  group: Type.Optional(Type.String({ description: 'a resource group; absent: the subscription' })),
  authorizations: list(record({ role: text, principal: text })),
});

const registry = record({
  about: Type.Optional(text),
  location: text,
  sku: text,
  tags: Type.Optional(byName(text, 'tags of the resource')),
  properties: vendor('properties of a registry, without those of its plan and name'),
  writableCaches: Type.Optional(
    Type.Boolean({ description: 'images can be pushed to repositories of cache rules' }),
  ),
  softDelete: Type.Optional(vendor('softDeletePolicy of the preview API')),
  tokens: properties('tokens'),
  scopeMaps: properties('scope maps'),
  webhooks: Type.Optional(
    byName(
      record({ properties: vendor('properties'), callback: vendor('getCallbackConfig') }),
      'by name',
    ),
  ),
  replications: Type.Optional(
    byName(record({ location: text, properties: vendor('properties') }), 'by name'),
  ),
  cacheRules: properties('cache rules'),
  credentialSets: properties('credential sets'),
  connectedRegistries: properties('connected registries'),
  tasks: properties('tasks'),
  diagnosticSettings: properties('diagnostic settings'),
  roleAssignments: Type.Optional(list(roleAssignment)),
  roleEligibilities: Type.Optional(list(roleAssignment)),
  denyAssignments: properties('deny assignments at the registry and above it'),
  repositories: Type.Optional(byName(repository, 'by name, in the order of the list')),
});

const finding = record({
  image: Type.String({ description: 'name of an image, as in a repository' }),
  severity: text,
  state: Type.Optional(Type.String({ description: 'absent: Unhealthy' })),
  found: Type.Integer({ minimum: 1 }),
});

const subscription = record({
  registries: byName(registry, 'by GROUP/NAME'),
  customRoles: properties('role definitions, by id'),
  delegations: Type.Optional(list(delegation)),
  unlicensed: Type.Optional(
    Type.Boolean({ description: 'its tenant has no licence for Privileged Identity Management' }),
  ),
  pricings: Type.Optional(byName(vendor('properties of a Defender plan'), 'by plan')),
  policyAssignments: properties('policy assignments'),
  activityLog: properties('diagnostic settings of the subscription'),
  findings: Type.Optional(list(finding)),
  managementGroup: Type.Optional(Type.String({ description: 'the management group it is in' })),
});

/** All responses of Azure, and the injected faults. */
export const estate = record({
  about: Type.String({ description: 'one sentence: why this estate exists' }),
  asOf: Type.String({ description: 'the instant at which its dates make sense' }),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, description: 'most entries of a page' })),
  signIn: Type.Optional(
    Type.String({ description: 'what Entra says instead of giving a token; absent: it gives one' }),
  ),
  subscriptions: byName(subscription, 'by id'),
  manySubscriptions: Type.Optional(
    Type.Boolean({
      description:
        'whether Resource Graph leaves subscriptions out, for there are more than it takes',
    }),
  ),
  directory: Type.Optional(
    byName(
      record({
        object: Type.Optional(vendor('what Microsoft Graph says of it, but its id')),
        members: Type.Optional(list(vendor('a member, with its id'))),
      }),
      'principals by id; without an object it is not there. Every other principal is of the own tenant',
    ),
  ),
  logTables: Type.Optional(
    byName(
      vendor('properties of its table ContainerRegistryRepositoryEvents'),
      'workspaces by SUBSCRIPTION/GROUP/NAME',
    ),
  ),
  keys: Type.Optional(byName(vendor('attributes of a key'), 'by HOST/keys/NAME')),
  faults: Type.Optional(list(fault)),
});

export type Estate = Frozen<Static<typeof estate>>;
export type EstateSubscription = Frozen<Static<typeof subscription>>;
export type EstateRegistry = Frozen<Static<typeof registry>>;
export type EstateRepository = Frozen<Static<typeof repository>>;
export type EstateImage = Frozen<Static<typeof image>>;
