import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { emptyFolder } from '../support/run-cli.ts';
import { trustedRoot } from '../support/signing/cosign.ts';
import { certificate, keyPair, pemOf } from '../support/signing/pki.ts';

const catalogue = { checks: [], providers: {}, formats: [] };
const folder = emptyFolder();
const here = { environment: {}, now: new Date('2026-06-01T12:00:00Z'), cwd: folder };

const release = keyPair('p256');
const ca = certificate({ name: 'C=DE,ST=BE,O=acme', ca: true });
const ended = certificate({ name: 'O=acme', ca: true, until: '2026-02-01T00:00:00Z' });
const trustPolicy = (policy: object) =>
  JSON.stringify({ trustPolicies: [{ name: 'all', registryScopes: ['*'], ...policy }] }, null, 2);
const clusterPolicy = (spec: object) =>
  stringify({ apiVersion: 'policy.sigstore.dev/v1beta1', kind: 'ClusterImagePolicy', spec });
const images = [{ glob: 'registry.example/acme/**' }];
const pem = pemOf(release.publicKey);
const files: Readonly<Record<string, string>> = {
  'release.pub': pem,
  'release.key': release.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  'small.pub': pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey),
  'p224.pub': pemOf(generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).publicKey),
  'ca.pem': ca.pem,
  'root.json': JSON.stringify(trustedRoot({ ca })),
  'roots.jsonl': [ca, ca].map((one) => JSON.stringify(trustedRoot({ ca: one }))).join('\n'),
  'ended.json': JSON.stringify(trustedRoot({ ca: ended })),
  'no-ca.json': JSON.stringify({ ...trustedRoot({ ca }), certificateAuthorities: [] }),
  'text.json': 'trust',
  'good/policy.json': trustPolicy({
    trustStores: ['ca:acme'],
    trustedIdentities: ['x509.subject: C=DE, ST=BE, O=acme'],
  }),
  'good/truststore/x509/ca/acme/ca.pem': ca.pem,
  'good/no-store.json': trustPolicy({ trustStores: ['ca:other'], trustedIdentities: ['*'] }),
  'good/no-o.json': trustPolicy({
    trustStores: ['ca:acme'],
    trustedIdentities: ['x509.subject: C=DE, ST=BE'],
  }),
  'good/overlap.json': trustPolicy({
    trustStores: ['ca:acme'],
    trustedIdentities: [
      'x509.subject: C=DE, ST=BE, O=acme',
      'x509.subject: C=DE, ST=BE, O=acme, CN=x',
    ],
  }),
  'cluster.yaml': clusterPolicy({ images, authorities: [{ key: { data: pem } }] }),
  'static.yaml': clusterPolicy({ images, authorities: [{ static: { action: 'pass' } }] }),
  'warn.yaml': clusterPolicy({ images, mode: 'warn', authorities: [{ key: { data: pem } }] }),
  'kms.yaml': clusterPolicy({ images, authorities: [{ key: { kms: 'awskms://x' } }] }),
  'regular.yaml': clusterPolicy({
    images,
    authorities: [{ keyless: { identities: [{ issuer: 'https://x', subjectRegExp: '.*' }] } }],
  }),
  'containers.json': JSON.stringify({
    default: [{ type: 'reject' }],
    transports: {
      docker: { 'registry.example/acme': [{ type: 'sigstoreSigned', keyPath: 'release.pub' }] },
    },
  }),
  'accepts.json': JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }),
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const file = join(folder, 'regaudit.yaml');

function load(signers: readonly object[], more: object = {}) {
  writeFileSync(file, stringify({ expect: { signers, ...more } }));
  return loadConfig(file, catalogue, here);
}

async function mistakes(signers: readonly object[]): Promise<string> {
  const error = await load(signers).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message.replaceAll(file, 'FILE').replaceAll(folder, 'FOLDER');
}

const issuer = 'https://token.actions.githubusercontent.com';
const subject = 'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v*';

test.each<[string, object, number]>([
  ['a key', { key: 'release.pub' }, 1],
  ['several keys', { key: ['release.pub'], hash: 'sha256' }, 1],
  ['an identity by the root of the build', { issuer, subject }, 1],
  ['an identity by a root of its own', { issuer, subject, root: 'root.json' }, 1],
  ['an identity by several roots', { issuer, subject, root: 'roots.jsonl' }, 1],
  ['a repository at GitHub', { github: 'acme/app', refs: ['refs/tags/*'] }, 1],
  ['a company CA', { ca: 'ca.pem', subject: { O: 'acme' }, tsa: 'ca.pem' }, 1],
  [
    'a profile of AWS Signer',
    { awsSigner: 'arn:aws:signer:eu-central-1:111122223333:/signing-profiles/app', root: 'ca.pem' },
    1,
  ],
  ['a trust policy of Notation', { policy: 'good/policy.json' }, 1],
  ['a ClusterImagePolicy', { policy: 'cluster.yaml' }, 1],
  ['a policy.json of containers', { policy: 'containers.json' }, 1],
])('%s is a signer', async (_, entry, count) => {
  const { trust } = await load([{ name: 'one', ...entry }]);
  expect(trust?.signers).toHaveLength(count);
});

test('the trusted root of the configuration is that of its keyless signers', async () => {
  const { trust } = await load([{ name: 'one', issuer, subject }], { trustedRoot: 'root.json' });
  expect(trust?.signers[0]?.trust).toMatchObject({ kind: 'identity', roots: [{ shipped: false }] });
});

const arn = 'arn:aws:signer:eu-central-1:111122223333:/signing-profiles/app';

test.each<[object, string, string]>([
  [{ key: 'release.key' }, 'key', 'release.key: this is a private key, expected a public one'],
  [{ key: 'none.pub' }, 'key', 'cannot be read'],
  [{ key: 'ca.pem' }, 'key', 'ca.pem: expected a public key in PEM (BEGIN PUBLIC KEY)'],
  [{ key: 'small.pub' }, 'key', 'RSA of at least 2048 bits'],
  [{ key: 'p224.pub' }, 'key', 'expected ECDSA P-256, P-384 or P-521'],
  [{ key: 'awskms:///alias/release' }, 'key', 'export the key with cosign public-key'],
  [
    { key: 'https://acme.example/release.pub' },
    'key',
    'what is trusted does not come from the network',
  ],
  [{}, 'name', 'expected exactly one of key, issuer, github, ca, awsSigner, policy'],
  [{ key: 'release.pub', github: 'acme/app' }, 'github', 'found key and github'],
  [
    { key: 'release.pub', log: 'off' },
    'log',
    'log says nothing of a signer by key; known with it: hash',
  ],
  [{ subject }, 'subject', 'subject needs issuer or ca'],
  [{ issuer }, 'issuer', 'issuer needs subject'],
  [{ issuer: '*', subject }, 'issuer', 'the issuer must be written out'],
  [
    { issuer, subject: 'https://github.com/acme**' },
    'subject',
    'the owner must be written out: "https://github.com/acme*" also fits strangers',
  ],
  [{ issuer, subject: 'https://*/acme/app' }, 'subject', 'the host must be written out'],
  [{ issuer, subject: '**' }, 'subject', 'the domain must be written out'],
  [{ issuer, subject: { O: 'acme' } }, 'subject', 'attributes are for ca'],
  [{ issuer, subject, log: 'off' }, 'log', 'log: off needs root: FILE with a time-stamp authority'],
  [
    { issuer, subject, log: 'off', root: 'root.json' },
    'log',
    'log: off needs a root with a time-stamp authority',
  ],
  [
    { issuer, subject, root: 'text.json' },
    'root',
    'text.json: expected a Sigstore root (trusted_root.json)',
  ],
  [{ issuer, subject, root: 'no-ca.json' }, 'root', 'the root has no certificate authority'],
  [
    { issuer, subject, root: 'ended.json' },
    'root',
    'no certificate authority of the root is valid today',
  ],
  [{ github: 'acme' }, 'github', 'expected OWNER/REPOSITORY or OWNER/*, found "acme"'],
  [{ github: 'acme*/app' }, 'github', 'expected OWNER/REPOSITORY or OWNER/*'],
  [
    { github: 'acme/app', workflow: '**/build.yml' },
    'workflow',
    'with owner and repository written out',
  ],
  [{ ca: 'release.pub' }, 'ca', 'release.pub: expected certificates in PEM'],
  [{ ca: 'release.key' }, 'ca', 'release.key: this holds a private key, expected certificates'],
  [
    { ca: 'ca.pem', subject: 'O=acme' },
    'subject',
    'expected attributes such as { C: DE, O: acme }',
  ],
  [{ awsSigner: arn }, 'awsSigner', 'awsSigner needs root'],
  [
    { awsSigner: `${arn}*`, root: 'ca.pem' },
    'awsSigner',
    'expected the ARN of a signing profile, written out',
  ],
  [{ policy: 'text.json' }, 'policy', 'expected a trust policy of Notation'],
  [
    { policy: 'good/no-store.json' },
    'policy',
    'good/no-store.json:8: "ca:other" has no certificates',
  ],
  [{ policy: 'good/no-o.json' }, 'policy', 'has no O; C, ST and O are needed'],
  [{ policy: 'good/overlap.json' }, 'policy', 'two identities overlap'],
  [{ policy: 'static.yaml' }, 'policy', 'static.yaml:8: static: pass accepts any image'],
  [{ policy: 'warn.yaml' }, 'policy', 'mode: warn passes anybody'],
  [{ policy: 'kms.yaml' }, 'policy', 'kms is not read'],
  [
    { policy: 'regular.yaml' },
    'policy',
    'subjectRegExp is a regular expression, which is not read',
  ],
  [
    { policy: 'accepts.json' },
    'policy',
    'expected a requirement of type sigstoreSigned with a key',
  ],
])('%j is refused with its file, line, key and what was expected', async (entry, key, expected) => {
  const message = await mistakes([{ name: 'one', ...entry }]);
  expect(message).toMatch(new RegExp(`^FILE:\\d+:\\d+: expect\\.signers\\[0\\]\\.${key}: `));
  expect(message).toContain(expected);
});

test('two entries of one name are refused, and every mistake is listed', async () => {
  const message = await mistakes([
    { name: 'one', key: 'release.pub' },
    { name: 'one', key: 'release.key' },
  ]);
  expect(message.split('\n')).toHaveLength(2);
  expect(message).toContain('expect.signers[1].name: "one" is the name of entry 0 as well');
});

test('a configuration that was found reads no key outside its own tree', async () => {
  const outside = emptyFolder();
  writeFileSync(join(outside, 'release.pub'), pem);
  writeFileSync(
    file,
    stringify({ expect: { signers: [{ name: 'one', key: join(outside, 'release.pub') }] } }),
  );
  await expect(loadConfig(file, catalogue, { ...here, found: true })).rejects.toThrow(
    'reads no file outside its own tree',
  );
});

test('a list of signers takes the place of the one that is extended', async () => {
  writeFileSync(
    join(folder, 'base.yaml'),
    stringify({ expect: { signers: [{ name: 'base', key: 'release.pub' }] } }),
  );
  writeFileSync(file, stringify({ extends: 'base.yaml' }));
  expect((await loadConfig(file, catalogue, here)).trust?.signers.map(({ name }) => name)).toEqual([
    'base',
  ]);
  writeFileSync(
    file,
    stringify({ extends: 'base.yaml', expect: { signers: [{ name: 'own', key: 'release.pub' }] } }),
  );
  expect((await loadConfig(file, catalogue, here)).trust?.signers.map(({ name }) => name)).toEqual([
    'own',
  ]);
});
