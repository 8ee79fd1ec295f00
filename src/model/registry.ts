import type { Fact } from './fact.ts';
import { credential, identity, use } from './identity.ts';
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

/** Every fact about a registry as a whole. The key is the fact's name, the schema its value. */
export const registryFacts = {
  anonymousPush: modes(
    { refused: {}, accepted: { how: text } },
    'whether a client without login can push or start an upload',
  ),
  anonymousCatalog: modes(
    { hidden: {}, listed: { how: text } },
    'whether repository names are shown to clients without login',
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
    'how people sign in; local: at least one person can sign in with a password alone',
  ),
  selfRegistration: modes({ off: {}, on: { how: text } }, 'whether strangers can create accounts'),
  credentials: list(credential, 'every credential that outlives a session and opens this registry'),
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
    'from which networks the registry answers',
  ),
  privateEndpoints: modes(
    {
      serving: { endpoints: texts },
      incomplete: { endpoints: texts, missing: texts },
      none: { because: Type.Optional(text) },
    },
    'approved private endpoints; incomplete: some are there, but a client cannot live on them alone',
  ),
  networkBypass: modes(
    { none: {}, allowed: { who: texts } },
    'who passes the network rules by special permission',
  ),
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
          Type.Array(Type.String(), { description: 'why some pushes or pulls are not recorded' }),
        ),
        unrecorded: Type.Optional(
          Type.Array(Type.String(), {
            description: 'administrative changes of which the platform never keeps a record',
          }),
        ),
        newestPull: Type.Optional(
          Type.String({
            description:
              'ISO 8601: the newest record of a pull, where it alone proves that pulls are recorded',
          }),
        ),
      },
      off: { why: text },
    },
    'which events are recorded beyond what the platform keeps for a while by itself',
  ),
  auditExport: list(
    record({
      kind: text,
      destination: text,
      delivers: modes({ yes: {}, no: { why: text } }, 'whether records arrive there'),
    }),
    'where the audit log is sent',
  ),
  auditRetention: modes(
    {
      days: { days: count, switchOff: word(['prevented', 'possible', 'evident']) },
      forever: { switchOff: word(['prevented', 'possible', 'evident']) },
    },
    'how long the log is kept; evident: it can be altered or switched off, but not unseen',
  ),
  upstreams: list(
    record({
      prefix: Type.String({ description: 'local name prefix; * claims every name' }),
      url: text,
      transport: word(['verified-tls', 'unverified-tls', 'plain-http']),
      credential: word(['stored', 'none']),
      takes: modes({ everything: {}, part: { prefix: text } }, 'how much of the upstream it opens'),
    }),
    'pull-through, proxy or remote sources',
  ),
  version: record({
    product: text,
    version: text,
    support: modes(
      { supported: { until: textOrNull }, ended: { at: textOrNull } },
      'whether this release still gets fixes',
    ),
  }),
  newRepositories: list(
    record({
      origin: Type.String({ description: 'how such a repository comes into being' }),
      visibility: word(['private', 'public']),
      pushScan: word(['on', 'off']),
      tagLock: modes(
        { set: { lock: tagLock }, 'chosen-by-creator': {}, 'not-needed': { why: text } },
        'the lock a new repository starts with; chosen-by-creator: the platform has no default to set',
      ),
    }),
    'what a repository created from now on will look like',
  ),
  directory: modes(
    {
      none: {},
      verified: { through: text },
      unverified: { through: text, why: text },
    },
    'how the registry speaks to the directory people sign in through; none: it has accounts of its own alone',
  ),
  dataExport: modes(
    { blocked: { by: text }, open: { how: text } },
    'whether images can be copied from here to a registry elsewhere, past the network rules',
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
            'identity: none, a managed identity stands for it; vault: a reference to a secret store; stored: with the task, not shown; plain: readable by whoever may read the task',
          ),
        }),
      ),
    }),
    'builds that the registry itself runs, and the credentials they hold',
  ),
  edgeRegistries: list(
    record({
      name: text,
      mode: word(['read-only', 'read-write']),
      transport: word(['tls', 'plain-http']),
      audit: word(['on', 'off']),
    }),
    'copies of the registry at other sites, which serve clients by themselves',
  ),
  legacyStorage: list(
    record({
      name: text,
      access: modes(
        { private: {}, public: { how: text } },
        'who outside can still read or write what is left',
      ),
    }),
    'storage of retired registry services that still exists',
  ),
  settingsInForce: modes(
    { yes: {}, 'nothing-stored': {}, no: { stored: text } },
    'whether stored registry policy is also enforced',
  ),
};

export type RegistryFacts = {
  readonly [K in keyof typeof registryFacts]: Fact<Static<(typeof registryFacts)[K]>>;
};
