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

/*
 * What an owner on GitHub has, as data. Instants are ISO 8601 in UTC with whole seconds.
 */

const maybe = Type.Optional;
const anything = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description });

const token = record({
  kind: word(['classic', 'fine-grained', 'installation']),
  login: maybe(Type.String({ description: 'whose it is; absent: of nobody' })),
  role: word(['owner', 'member', 'stranger'], 'of its owner in the organization'),
  scopes: maybe(Type.Array(Type.String(), { description: 'of a classic one' })),
  permissions: maybe(
    Type.Array(Type.String(), { description: 'of the others, all of them to read' }),
  ),
});

const app = record({
  id: text,
  publicKey: Type.String({ description: 'PEM, which its token is held to' }),
  granted: anything('permissions of its installation in the organization'),
  installed: maybe(Type.Boolean({ description: 'absent: true' })),
  expiresAt: text,
});

const hook = record({
  url: text,
  insecure: Type.Unsafe<string | number>({ type: ['string', 'number'] }),
  events: texts,
  active: maybe(Type.Boolean({ description: 'absent: true' })),
});

const image = record({
  name: Type.String({ description: 'its digest follows from this name' }),
  tags: texts,
  createdAt: text,
  artifactType: maybe(Type.String({ description: 'of what is no image, such as a chart' })),
  attached: maybe(
    Type.Array(word(['cosign-signature', 'provenance', 'sbom']), {
      description: 'what the registry has under fallback tags',
    }),
  ),
  attested: maybe(
    list(
      record({
        repositoryId: Type.Integer(),
        predicate: text,
        of: maybe(
          Type.String({ description: 'the image its subject really is; absent: this one' }),
        ),
        withoutBundle: maybe(Type.Boolean()),
        hidden: maybe(Type.Boolean({ description: 'the token may not read its repository' })),
      }),
      'what GitHub keeps in its own store',
    ),
  ),
});

const pack = record({
  about: maybe(Type.String({ description: 'what there is to see; not sent' })),
  visibility: text,
  repository: maybe(Type.String({ description: 'OWNER/NAME that it is linked to' })),
  strangerPulls: maybe(
    Type.Boolean({ description: 'whether a stranger gets a token; absent: if it is public' }),
  ),
  images: maybe(list(image)),
});

const repository = record({
  id: Type.Integer(),
  private: Type.Boolean(),
  workflows: Type.String({ description: 'what GITHUB_TOKEN may do by default: read or write' }),
  collaborators: list(record({ login: text, role: text, type: maybe(text) })),
  hooks: maybe(list(hook)),
});

/** Everything that GitHub and its registry answer with, and what goes wrong on the way. */
export const estate = record({
  about: Type.String({ description: 'one sentence: why this estate exists' }),
  asOf: Type.String({ description: 'the instant at which its dates make sense' }),
  owner: record({ login: text, type: word(['Organization', 'User']) }),
  tokens: record({ packages: token, settings: maybe(token) }),
  app: maybe(app),
  pageSize: maybe(Type.Integer({ minimum: 1, description: 'the most entries a page has' })),
  plan: maybe(text),
  enterprise: maybe(text),
  inEnterprise: maybe(
    record({
      organizations: maybe(Type.Array(text, { description: 'that it shows; absent: this one' })),
      hidden: maybe(Type.Integer({ description: 'how many it counts and does not show' })),
    }),
  ),
  userSecondFactor: maybe(Type.Boolean({ description: 'of the caller' })),
  requiresSecondFactor: maybe(
    Type.Unsafe<boolean | null>({ type: ['boolean', 'null'], description: 'null: not told' }),
  ),
  basePermission: maybe(text),
  singleSignOn: maybe(Type.String({ description: 'the provider; absent: none' })),
  owners: maybe(texts),
  insecureMembers: maybe(texts),
  outsideCollaborators: maybe(texts),
  installations: maybe(
    list(
      record({
        app: text,
        permissions: anything('by name'),
        suspendedAt: maybe(text),
      }),
    ),
  ),
  actions: maybe(record({ enabled: text, allowed: maybe(text), pinned: maybe(Type.Boolean()) })),
  hooks: maybe(list(hook)),
  credentials: maybe(list(anything('as GitHub answers'))),
  streams: maybe(list(anything('as GitHub answers'))),
  repositories: Type.Record(Type.String(), repository, { description: 'by OWNER/NAME' }),
  packages: Type.Record(Type.String(), pack, { description: 'by name' }),
  legacy: maybe(
    Type.Record(Type.String(), Type.String(), { description: 'visibility of packages of docker' }),
  ),
  faults: maybe(list(fault)),
});

export type GhcrEstate = Frozen<Static<typeof estate>>;
export type GhcrPackage = Frozen<Static<typeof pack>>;
export type GhcrImage = Frozen<Static<typeof image>>;
export type GhcrToken = Frozen<Static<typeof token>>;
export type GhcrHook = Frozen<Static<typeof hook>>;
