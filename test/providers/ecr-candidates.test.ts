import { expect, test } from 'vitest';
import { recentImagesVerified } from '../../checks/signing/recent-images-verified.ts';
import type { Estate, EstateRepository } from '../../src/demo/aws/estate.ts';
import { digestOf } from '../../src/demo/aws/services/ecr-images.ts';
import type { Fault } from '../../src/demo/fault.ts';
import type { BuilderEntry } from '../../src/model/signer-entry.ts';
import { verifiedBy } from '../../src/signing/derivations.ts';
import { withSignatures } from '../support/aws/filed.ts';
import { scanEstate } from '../support/scan-estate.ts';
import { triedOnce } from '../support/scan-provider.ts';
import { bundleSigned, simpleSigned } from '../support/signing/cosign.ts';
import { notationSigned } from '../support/signing/notation.ts';
import { certificate, codeSigning, keyPair, pemOf } from '../support/signing/pki.ts';
import { declare } from '../support/signing/verdict.ts';

const account = '123456789012';
const region = 'eu-west-1';
const digest = digestOf('app');
const release = keyPair('p256');
const other = keyPair('p256');
const root = certificate({ name: 'C=US,ST=WA,O=AWS,CN=root', ca: true });
const leaf = certificate({
  name: 'C=US,ST=WA,O=AWS,CN=AWS Signer',
  issuer: root,
  usage: [codeSigning],
});

const profile = `arn:aws:signer:${region}:${account}:/signing-profiles/app`;
const job = `arn:aws:signer:${region}:${account}:/signing-jobs/1`;
const byAws = (version = `${profile}/abcdef1234`) => ({
  ...notationSigned({
    digest,
    chain: [leaf, root],
    scheme: 'notary.x509.signingAuthority',
    authenticTime: '2026-01-10T00:00:00Z',
    attributes: {
      'com.amazonaws.signer.signingProfileVersion': version,
      'com.amazonaws.signer.signingJob': job,
      'io.cncf.notary.verificationPlugin': 'com.amazonaws.signer.notation.plugin',
    },
  }),
  form: 'notation-jws' as const,
});
const byTag = (key = release) => ({
  ...simpleSigned(digest, key.privateKey),
  form: 'simple-signing' as const,
});
const byBundle = (key = release) => ({
  ...bundleSigned(digest, key.privateKey),
  form: 'sigstore-bundle' as const,
});

interface Said {
  readonly repository: EstateRepository;
  readonly signer?: Partial<BuilderEntry>;
  readonly mayPull?: boolean;
  readonly faults?: readonly Fault[];
  readonly here?: Estate['regions'][string];
}

/** The verdict of the check on the repository, what it says, and the calls that were made. */
async function verdictOn({
  repository,
  signer = { key: 'release.pub' },
  mayPull = true,
  faults = [],
  here = {},
}: Said) {
  const files = { 'release.pub': pemOf(release.publicKey), 'aws.pem': root.pem };
  const signers = await declare([{ name: 'release', ...signer }], files);
  const { findings, calls } = await scanEstate(
    {
      about: 'signatures beside an image',
      asOf: '2026-10-30T00:00:00Z',
      account,
      caller: `arn:aws:iam::${account}:user/auditor`,
      regions: { [region]: { ...here, repositories: { 'hub/app': repository } } },
      faults,
    },
    {
      checks: [recentImagesVerified],
      derivations: [verifiedBy(signers, () => null)],
      context: { ...triedOnce.context, images: { newest: 3, tags: [], mayPull } },
    },
  );
  const said = findings.map(({ verdict, message }) => `${verdict}: ${message}`).join('\n');
  return { said, calls };
}

test('a signature of cosign by a declared key passes, below its tag and as a bundle', async () => {
  for (const candidate of [byTag(), byBundle()]) {
    const { said } = await verdictOn({ repository: withSignatures('app', [candidate]) });
    expect(said).toMatch(/^pass: /);
  }
});

test('a signature by another key, and an image without any, fail', async () => {
  const stranger = withSignatures('app', [byTag(other), byBundle(other)]);
  expect((await verdictOn({ repository: stranger })).said).toMatch(/^fail: .*not in expect/s);
  const { said } = await verdictOn({ repository: withSignatures('app', []) });
  expect(said).toMatch(/^fail: .*no signature beside the image/s);
});

test('a managed signature passes, fails or is unknown as AWS says of its revocation', async () => {
  const signer = { awsSigner: profile, root: 'aws.pem' };
  const repository = withSignatures('app', [byAws()]);
  expect((await verdictOn({ repository, signer })).said).toMatch(/^pass: /);
  const revoked = await verdictOn({ repository, signer, here: { revoked: [job] } });
  expect(revoked.said).toMatch(/^fail: .*AWS Signer revoked it/s);
  const faults: Fault[] = [{ kind: 'denied', operation: 'signer:GetRevocationStatus' }];
  const denied = await verdictOn({ repository, signer, faults });
  expect(denied.said).toMatch(/^unknown: .*grant signer:GetRevocationStatus/s);
});

test('no call goes where a signature says, beyond the regions of the partition', async () => {
  const signer = { awsSigner: profile, root: 'aws.pem' };
  for (const version of [
    `arn:aws-cn:signer:cn-north-1:${account}:/signing-profiles/app/1`,
    `arn:aws:signer:evil.example/:${account}:/signing-profiles/app/1`,
    `arn:aws:s3:${region}:${account}:/signing-profiles/app/1`,
  ]) {
    const repository = withSignatures('app', [byAws(version)]);
    const { said, calls } = await verdictOn({ repository, signer });
    expect(said).not.toMatch(/^pass/);
    expect(calls.get('signer:GetRevocationStatus')).toBeUndefined();
  }
});

test('nothing is pulled unless that is allowed, and never through a cache', async () => {
  const repository = withSignatures('app', [byTag()]);
  const kept = await verdictOn({ repository, mayPull: false });
  expect(kept.said).toMatch(/^unknown: .*images\.mayPull: true/s);
  const cacheRules = [
    { ecrRepositoryPrefix: 'hub', upstreamRegistryUrl: 'public.ecr.aws', upstreamRegistry: 'x' },
  ];
  const cached = await verdictOn({ repository, here: { registry: { cacheRules } } });
  expect(cached.said).toMatch(/^unknown: .*pull-through cache/s);
  for (const { calls } of [kept, cached]) {
    expect(calls.get('ecr:BatchGetImage')).toBeUndefined();
    expect(calls.get('ecr:GetDownloadUrlForLayer')).toBeUndefined();
  }
});

test('a signature that is gone, altered or refused is unknown, with what to grant', async () => {
  const good = withSignatures('app', [byTag()]);
  const [image, signature] = good.images ?? [];
  if (image === undefined || signature === undefined) throw new Error('nothing was filed');
  const { manifest: _, ...gone } = signature;
  for (const repository of [
    { ...good, images: [image, gone] },
    { ...good, layers: [] },
  ])
    expect((await verdictOn({ repository })).said).toMatch(/^unknown: /);
  for (const operation of ['BatchGetImage', 'GetDownloadUrlForLayer']) {
    const faults: Fault[] = [{ kind: 'denied', operation: `ecr:${operation}` }];
    const { said } = await verdictOn({ repository: good, faults });
    expect(said).toMatch(new RegExp(`^unknown: .*grant ecr:${operation}`, 's'));
  }
});
