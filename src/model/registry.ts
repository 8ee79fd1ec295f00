import type { Fact } from './fact.ts';
import { credential, identity, use } from './identity.ts';
import { labels } from './labels.ts';
import {
  count,
  instantOrNever,
  list,
  modes,
  record,
  type Static,
  Type,
  text,
  textOrNull,
  texts,
  word,
} from './shape.ts';
import { tagLock } from './tag-lock.ts';

/** Every fact about a registry. The key is the name of the fact, the schema its value. */
export const registryFacts = {
  anonymousPush: modes(
    { refused: {}, accepted: { how: text } },
    'whether a client without login can push or start an upload',
  ),
  anonymousCatalog: modes(
    { hidden: {}, listed: { how: text } },
    'whether clients without login can list repository names',
  ),
  sharedLogin: modes(
    {
      none: {},
      disabled: { account: text },
      active: { account: text, kind: word(['shared', 'vendor-default', 'local-admin']) },
    },
    'a shared or vendor-default administrator login',
  ),
  signIn: modes(
    {
      central: { through: text },
      'mfa-required': { through: text },
      local: { withoutMfa: texts },
    },
    'how users sign in; local: at least one user can sign in with only a password',
  ),
  selfRegistration: modes({ off: {}, on: { how: text } }, 'whether anyone can create an account'),
  credentials: list(credential, 'every long-lived credential with access to this registry'),
  credentialUse: list(use, 'when each of these credentials was last used'),
  administrators: list(identity, 'who can change the settings of the whole registry'),
  projectCreation: modes(
    { limited: { to: text }, open: { to: text } },
    'who may create repositories, projects or namespaces',
  ),
  networkAccess: modes(
    {
      closed: {},
      limited: { ranges: texts, networks: texts },
      open: { reason: word(['chosen', 'plan']), detail: text },
    },
    'the networks that can reach the registry',
  ),
  privateEndpoints: modes(
    {
      serving: { endpoints: texts },
      incomplete: { endpoints: texts, missing: texts },
      none: { because: Type.Optional(text) },
    },
    'approved private endpoints; incomplete: some exist, but clients cannot use them alone',
  ),
  networkBypass: modes({ none: {}, allowed: { who: texts } }, 'who can bypass the network rules'),
  transport: modes(
    {
      'https-only': { minimumVersion: text, certificateEnds: instantOrNever },
      weak: { why: text },
      'plain-http': { where: text },
    },
    'how the registry is served',
  ),
  auditLog: modes(
    {
      on: {
        administration: Type.Boolean(),
        push: Type.Boolean(),
        pull: Type.Boolean(),
        by: texts,
        gaps: Type.Optional(
          Type.Array(Type.String(), { description: 'why some pushes or pulls are not logged' }),
        ),
        unrecorded: Type.Optional(
          Type.Array(Type.String(), {
            description: 'administrative changes that the platform never logs',
          }),
        ),
        newestPull: Type.Optional(
          Type.String({
            description:
              'ISO 8601: the newest log entry of a pull, if only it proves that pulls are logged',
          }),
        ),
      },
      off: { why: text },
    },
    'which events are logged beyond the temporary default log of the platform',
  ),
  auditExport: list(
    record({
      kind: text,
      destination: text,
      delivers: modes({ yes: {}, no: { why: text } }, 'whether log entries arrive there'),
    }),
    'where the audit log is exported to',
  ),
  auditRetention: modes(
    {
      days: { days: count, switchOff: word(['prevented', 'possible', 'evident']) },
      forever: { switchOff: word(['prevented', 'possible', 'evident']) },
    },
    'how long the log is kept; evident: it can be changed or disabled, but not unnoticed',
  ),
  upstreams: list(
    record({
      prefix: Type.String({ description: 'local name prefix; * claims every name' }),
      url: text,
      transport: word(['verified-tls', 'unverified-tls', 'plain-http']),
      credential: word(['stored', 'none']),
      takes: modes(
        { everything: {}, part: { prefix: text } },
        'how much of the upstream it exposes',
      ),
    }),
    'pull-through, proxy or remote sources',
  ),
  version: record({
    product: text,
    version: text,
    support: modes(
      { supported: { until: textOrNull }, ended: { at: textOrNull } },
      'whether this release is supported',
    ),
  }),
  newRepositories: list(
    record({
      origin: Type.String({ description: 'how such a repository is created' }),
      visibility: word(['private', 'public']),
      pushScan: word(['on', 'off']),
      tagLock: modes(
        { set: { lock: tagLock }, 'chosen-by-creator': {}, 'not-needed': { why: text } },
        'the tag lock of a new repository; chosen-by-creator: the platform has no default',
      ),
    }),
    'the defaults of new repositories',
  ),
  directory: modes(
    {
      none: {},
      verified: { through: text },
      unverified: { through: text, why: text },
    },
    'how the registry connects to its identity provider; none: it has only local accounts',
  ),
  dataExport: modes(
    { blocked: { by: text }, open: { how: text } },
    'whether images can be exported to another registry past the network rules',
  ),
  buildTasks: list(
    record({
      name: text,
      pushes: Type.Boolean(),
      credentials: Type.Array(
        record({
          what: text,
          kept: word(
            ['identity', 'vault', 'stored', 'plain'],
            'identity: a managed identity, no credential; vault: a reference to a secret store; stored: with the task, not readable; plain: readable by everyone who can read the task',
          ),
        }),
      ),
    }),
    'builds that the registry runs, and their credentials',
  ),
  edgeRegistries: list(
    record({
      name: text,
      mode: word(['read-only', 'read-write']),
      transport: word(['tls', 'plain-http']),
      audit: word(['on', 'off']),
    }),
    'copies of the registry at other sites, which serve their own clients',
  ),
  legacyStorage: list(
    record({
      name: text,
      access: modes(
        { private: {}, public: { how: text } },
        'whether the public can read or write it',
      ),
    }),
    'storage of retired registry services that still exists',
  ),
  settingsInForce: modes(
    { yes: {}, 'nothing-stored': {}, no: { stored: text } },
    'whether the stored registry policy is enforced',
  ),
  labels,
};

export type RegistryFacts = {
  readonly [K in keyof typeof registryFacts]: Fact<Static<(typeof registryFacts)[K]>>;
};
