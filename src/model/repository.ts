import { recentCandidates } from './candidates.ts';
import type { Fact } from './fact.ts';
import { identity } from './identity.ts';
import { labels } from './labels.ts';
import { count, list, modes, record, type Static, Type, text, texts, word } from './shape.ts';
import { tagDigests } from './tag-digests.ts';
import { tagLock } from './tag-lock.ts';

const image = { image: Type.String({ description: 'a tag and the digest it names' }) };

/** Every fact about one repository or project. The key is the name of the fact, the schema its value. */
export const repositoryFacts = {
  publicPull: modes(
    {
      nobody: {},
      anyone: { how: text },
      'any-account': { how: text },
    },
    'who can pull without granted access; anyone: without login; any-account: every customer of the platform',
  ),
  pushers: list(identity, 'every principal that can push'),
  deleters: list(identity, 'every principal that can delete images or tags'),
  outsideAccess: list(
    record({
      kind: word([
        'account',
        'organization',
        'tenant',
        'principal',
        'service',
        'everyone-signed-in',
        'anyone',
      ]),
      id: Type.String({
        description: 'account, organisation or tenant id, principal, or * for all',
      }),
      account: Type.String({
        description: 'the account, organisation or tenant it belongs to; empty: none',
      }),
      own: Type.Boolean({ description: 'belongs to the organisation that owns the registry' }),
      can: Type.Array(word(['pull', 'push', 'delete', 'administer', 'read-settings'])),
      via: text,
    }),
    'access granted to principals outside the owning account or tenant',
  ),
  webhooks: list(
    record({ host: text, transport: word(['verified-tls', 'unverified-tls', 'plain-http']) }),
    'webhook targets, by host only: addresses may hold secrets',
  ),
  pushScan: modes(
    { on: { engine: text, trigger: word(['push', 'continuous']) }, off: { why: text } },
    'whether a pushed image is scanned, from all settings together',
  ),
  rescan: modes(
    {
      on: {
        how: text,
        days: Type.Unsafe<number | null>({
          type: ['integer', 'null'],
          description: 'for how many days after the push; null: without end',
        }),
      },
      off: { why: text },
    },
    'whether images are rescanned for new vulnerabilities',
  ),
  scanGate: modes(
    {
      blocks: { threshold: text, exceptions: texts },
      'reports-only': {},
      none: {},
    },
    'whether vulnerable images are blocked at pull or deployment',
  ),
  recentScans: list(
    record({
      ...image,
      scan: modes(
        {
          finished: {
            critical: count,
            high: count,
            at: Type.Optional(
              Type.String({
                description:
                  'ISO 8601; when the scan ended. Absent: the platform does not report it, or scans continuously',
              }),
            ),
          },
          missing: {},
        },
        'its newest scan',
      ),
    }),
    'the newest (production) images and their scans',
  ),
  scanExceptions: list(
    record({ name: text, until: Type.Unsafe<string | null>({ type: ['string', 'null'] }) }),
    'vulnerabilities that are allowed on purpose',
  ),
  signing: modes(
    { on: { by: text }, broken: { by: text, why: text }, off: { why: text } },
    'whether the platform signs pushed images or is set up for signed ones',
  ),
  signatureGate: modes(
    {
      verifies: { identity: text },
      'existence-only': {},
      incomplete: { why: text },
      'audit-only': {},
      none: {},
    },
    'whether unsigned images are blocked',
  ),
  recentSignatures: list(
    record({
      ...image,
      signedBy: Type.Array(Type.String(), { description: 'kinds of signature found' }),
    }),
    'the newest (production) images and their signatures',
  ),
  recentAttestations: list(
    record({
      ...image,
      attestedBy: Type.Array(Type.String(), { description: 'kinds of attestation found' }),
    }),
    'the newest (production) images and their provenance or SBOM',
  ),
  recentCandidates,
  tagDigests,
  tagLock,
  contentOrigin: modes(
    { own: {}, cache: { of: text } },
    'own: images are pushed here; cache: they come from an upstream registry',
  ),
  retention: modes(
    {
      none: { because: Type.Optional(text) },
      'dry-run': {},
      rules: {
        rules: list(
          record({
            name: text,
            selects: word(['tagged', 'untagged', 'any']),
            patterns: Type.Array(Type.String(), {
              description: 'whole-tag wildcards, all of which an image must match',
            }),
            removes: Type.Boolean({ description: 'false: only archives, keeps or never matches' }),
            keeps: modes(
              {
                newest: { images: count },
                days: { days: count, since: word(['push', 'pull', 'archive', 'untag']) },
              },
              'what the rule keeps',
            ),
            archives: Type.Optional(
              Type.Boolean({
                description: 'true: moves images to where they cannot be pulled from',
              }),
            ),
            spares: Type.Optional(
              Type.Array(Type.String(), {
                description: 'whole-tag wildcards; the rule spares an image with such a tag',
              }),
            ),
          }),
        ),
      },
    },
    'which images are removed automatically',
  ),
  garbageCollection: modes(
    { none: {}, untagged: { by: text }, 'not-asked': { because: text } },
    'whether garbage collection removes untagged images; not-asked: the retention rules already do',
  ),
  recovery: modes(
    { days: { days: count }, blocked: { by: text }, none: { because: Type.Optional(text) } },
    'whether a deleted image can be restored, or cannot be deleted at all',
  ),
  encryption: modes(
    {
      'own-key': {
        key: text,
        usable: modes({ yes: {}, no: { why: text } }, 'whether the key works'),
      },
      'platform-key': { detail: text },
    },
    'the encryption key of stored images',
  ),
  replication: modes(
    {
      none: { because: Type.Optional(text) },
      to: { places: list(record({ place: text, account: text, own: Type.Boolean() })) },
    },
    'where images are replicated to',
  ),
  replicationTargets: list(
    record({ place: text, account: text, own: Type.Boolean() }),
    'every place that images are replicated to; own: it belongs to the account of the registry',
  ),
  replicaSettings: modes(
    {
      'no-replicas': {},
      copies: {
        places: list(
          record({
            place: text,
            tagLock: modes({ set: { lock: tagLock }, default: {} }, 'tag lock of the replica'),
            encryption: word(['own-key', 'platform-key']),
          }),
        ),
      },
    },
    'the settings of replicas of this repository',
  ),
  labels,
};

export type RepositoryFacts = {
  readonly [K in keyof typeof repositoryFacts]: Fact<Static<(typeof repositoryFacts)[K]>>;
};
