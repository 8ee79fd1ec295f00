import { expect, test } from 'vitest';
import { recentImagesVerified } from '../../checks/signing/recent-images-verified.ts';
import { digestOf } from '../../src/demo/harbor/artifacts.ts';
import type { Project } from '../../src/demo/harbor/estate.ts';
import { verifiedBy } from '../../src/signing/derivations.ts';
import { scanEstate, scenario } from '../support/harbor/scan.ts';
import { triedOnce } from '../support/scan-provider.ts';
import { bundleSigned, simpleSigned } from '../support/signing/cosign.ts';
import { filed, type TextCandidate } from '../support/signing/filed.ts';
import { notationSigned } from '../support/signing/notation.ts';
import { certificate, codeSigning, keyPair, pemOf } from '../support/signing/pki.ts';
import { declare } from '../support/signing/verdict.ts';

const digest = digestOf('app');
const release = keyPair('p256');
const root = certificate({ name: 'C=DE,ST=BE,O=acme,CN=root', ca: true });
const leaf = certificate({ name: 'C=DE,ST=BE,O=acme,CN=us', issuer: root, usage: [codeSigning] });
const byTag = (key = release): TextCandidate => ({
  ...simpleSigned(digest, key.privateKey),
  form: 'simple-signing',
});
const byBundle = (key = release): TextCandidate => ({
  ...bundleSigned(digest, key.privateKey),
  form: 'sigstore-bundle',
});
const byNotation: TextCandidate = {
  ...notationSigned({ digest, chain: [leaf, root] }),
  form: 'notation-jws',
};

/** A project with one image, and these accessories as Harbor keeps them. */
function projectWith(candidates: readonly TextCandidate[]): Project {
  const stored = candidates.map((one) => ({ one, ...filed(one, digest) }));
  const accessories = stored.map(({ one, manifest }, at) => ({
    type: one.form === 'notation-jws' ? 'signature.notation' : 'signature.cosign',
    name: `signature ${at}`,
    bytes: manifest,
  }));
  const image = { repository: 'web', name: 'app', tags: ['v1'], pushedAt: '2026-10-28T10:15:00Z' };
  return { artifacts: [{ ...image, accessories }], layers: stored.map(({ layer }) => layer) };
}

async function verdictOn(project: Project, mayPull = true) {
  const files = { 'release.pub': pemOf(release.publicKey), 'ca.pem': root.pem };
  const signers = [
    ...(await declare([{ name: 'release', key: 'release.pub' }], files)),
    ...(await declare([{ name: 'company', ca: 'ca.pem' }], files)),
  ];
  const good = await scenario('all-good');
  const { findings, calls } = await scanEstate(
    { ...good, projects: { shop: project } },
    {
      checks: [recentImagesVerified],
      derivations: [verifiedBy(signers, () => null)],
      context: { ...triedOnce.context, images: { newest: 3, tags: [], mayPull } },
    },
  );
  const said = findings.map(({ verdict, message }) => `${verdict}: ${message}`).join('\n');
  return { said, reads: calls.get('getManifest') ?? 0 };
}

test('a signature by a declared signer passes, whichever accessory holds it', async () => {
  for (const candidate of [byTag(), byBundle(), byNotation])
    expect((await verdictOn(projectWith([candidate]))).said).toMatch(/^pass: /);
});

test('a signature by another key, one of another image, and an image without any fail', async () => {
  const other = keyPair('p256');
  const { said } = await verdictOn(projectWith([byTag(other), byBundle(other)]));
  expect(said).toMatch(/^fail: .*not in expect/s);
  const copied = simpleSigned(digestOf('another'), release.privateKey);
  const ofAnother = projectWith([{ ...copied, form: 'simple-signing' }]);
  expect((await verdictOn(ofAnother)).said).toMatch(/^fail: .*is of sha256:/s);
  expect((await verdictOn(projectWith([]))).said).toMatch(/^fail: .*no signature beside/s);
});

test('an accessory or a layer that cannot be read is unknown', async () => {
  const project = projectWith([byBundle()]);
  const [image] = project.artifacts ?? [];
  if (image === undefined) throw new Error('nothing was filed');
  const accessories = (image.accessories ?? []).map(({ bytes: _, ...one }) => one);
  for (const damaged of [
    { ...project, layers: [] },
    { ...project, artifacts: [{ ...image, accessories }] },
  ])
    expect((await verdictOn(damaged)).said).toMatch(/^unknown: /);
});

test('nothing is pulled unless that is allowed, and never through a cache', async () => {
  const project = projectWith([byBundle()]);
  const kept = await verdictOn(project, false);
  expect(kept.said).toMatch(/^unknown: .*images\.mayPull: true/s);
  const cached = await verdictOn({ ...project, registry: 1 });
  expect(cached.said).toMatch(/^unknown: .*proxy cache/s);
  expect([kept.reads, cached.reads]).toEqual([0, 0]);
});
