import { sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { recentImagesVerified } from '../../checks/signing/recent-images-verified.ts';
import type { EstateRepository } from '../../src/demo/artifact-registry/estate.ts';
import { digestOf } from '../../src/demo/artifact-registry/holdings.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { verifiedBy } from '../../src/signing/derivations.ts';
import { withRepository } from '../support/google/change.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { scenario } from '../support/google/scenario.ts';
import { triedOnce } from '../support/scan-provider.ts';
import { bundleSigned } from '../support/signing/cosign.ts';
import { filed } from '../support/signing/filed.ts';
import { keyPair, pemOf } from '../support/signing/pki.ts';
import { declare } from '../support/signing/verdict.ts';

const release = keyPair('p256');
const image = { name: 'app', image: 'web', tags: ['v1'], uploadedAt: '2026-10-28T10:15:00Z' };
const digest = digestOf('app');

/** The repository with this image, and a bundle beside it by that key. */
function withBundle(key = release): Partial<EstateRepository> {
  const bundle = { ...bundleSigned(digest, key.privateKey), form: 'sigstore-bundle' as const };
  const { manifest, layer } = filed(bundle, digest);
  return { images: [image], filed: [{ of: 'app', manifest }], layers: [layer], attachments: [] };
}

/** The repository with this image, and an attestation of Binary Authorization. */
function withAttestation({
  key = release,
  of = digest,
  type = 'Google cloud binauthz container signature',
  more = {},
} = {}): Partial<EstateRepository> {
  const critical = {
    identity: { 'docker-reference': 'europe-docker.pkg.dev/shop-prod/shop/web' },
    image: { 'docker-manifest-digest': of },
    type,
  };
  const payload = Buffer.from(JSON.stringify({ critical }));
  const signature = sign('sha256', payload, key.privateKey).toString('base64');
  const attestation = {
    serializedPayload: payload.toString('base64'),
    signatures: [{ signature, publicKeyId: 'any' }],
    ...more,
  };
  const note = 'projects/shop-prod/notes/release';
  return {
    images: [{ ...image, notes: [{ kind: 'ATTESTATION', note, attestation }] }],
    attachments: [],
  };
}

async function verdictOn(
  change: Partial<EstateRepository>,
  { mayPull = true, faults = [] }: { mayPull?: boolean; faults?: readonly Fault[] } = {},
) {
  const files = { 'release.pub': pemOf(release.publicKey) };
  const signers = await declare([{ name: 'release', key: 'release.pub' }], files);
  const good = withRepository(await scenario('all-good'), () => change);
  const { findings, calls } = await scanEstate(
    { ...good, faults },
    {
      checks: [recentImagesVerified],
      derivations: [verifiedBy(signers, () => null)],
      context: {
        ...triedOnce.context,
        wanted: (name) => name === 'shop',
        images: { newest: 3, tags: [], mayPull },
      },
    },
  );
  const said = findings
    .filter(({ repository }) => repository === 'shop')
    .map(({ verdict, message }) => `${verdict}: ${message}`)
    .join('\n');
  return { said, reads: calls.get('GetManifest') ?? 0 };
}

test('a bundle by a declared key passes, and one by another key fails', async () => {
  expect((await verdictOn(withBundle())).said).toMatch(/^pass: /);
  expect((await verdictOn(withBundle(keyPair('p256')))).said).toMatch(/^fail: .*not in expect/s);
  const none = await verdictOn({ images: [image], attachments: [] });
  expect(none.said).toMatch(/^fail: .*no signature beside the image/s);
});

test('an attestation of Binary Authorization passes without a pull, whatever the case of its type', async () => {
  for (const type of [
    'Google cloud binauthz container signature',
    'Google Cloud BinAuthz container signature',
  ]) {
    const { said, reads } = await verdictOn(withAttestation({ type }), { mayPull: false });
    expect(said).toMatch(/^pass: /);
    expect(reads).toBe(0);
  }
});

test('an attestation by another key, of another image or of another type fails', async () => {
  for (const one of [
    { key: keyPair('p256') },
    { of: digestOf('another') },
    { type: 'cosign container image signature' },
    { type: 'x Google cloud binauthz container signature' },
  ])
    expect((await verdictOn(withAttestation(one))).said).toMatch(/^fail: /);
});

test('what was not read is unknown: pulls, tokens, denied lists', async () => {
  const other = withAttestation({ key: keyPair('p256') });
  const kept = await verdictOn(other, { mayPull: false });
  expect(kept.said).toMatch(/^unknown: .*images\.mayPull: true/s);
  const jwt = withAttestation({ more: { signatures: [], jwts: [{ compactJwt: 'e30.e30.' }] } });
  expect((await verdictOn(jwt)).said).toMatch(/^unknown: .*Binary Authorization/s);
  for (const operation of ['ListOccurrences', 'GetManifest']) {
    const faults: Fault[] = [{ kind: 'denied', operation }];
    const bare = { images: [image], attachments: [] };
    expect((await verdictOn(bare, { faults })).said, operation).toMatch(/^unknown: /);
  }
});
