import { expect, test } from 'vitest';
import { attachmentsOf } from '../../src/oci/attachments.ts';
import {
  type Answers,
  descriptor,
  digestOf,
  index,
  layer,
  manifest,
  manifests,
  other,
  registry,
} from './support/registry.ts';

const intoto = 'application/vnd.in-toto+json';
const slsa = 'https://slsa.dev/provenance/v1';
const amd64 = digestOf({ for: 'linux/amd64' });
const arm64 = digestOf({ for: 'linux/arm64' });
const says = 'BuildKit attestation';

const stating = (...predicates: (string | null)[]) =>
  manifest(
    predicates.map((type) =>
      layer(intoto, { type }, type === null ? {} : { 'in-toto.io/predicate-type': type }),
    ),
  );

/** An entry for an attestation manifest about a platform. */
const about = (platform: string, child: object) =>
  descriptor(
    null,
    {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': platform,
    },
    digestOf(child),
  );

async function within(entries: object[], children: object[], more: Answers = {}) {
  const image = index(...entries);
  const digest = digestOf(image);
  const { registry: at } = await registry(
    { [`referrers/${digest}`]: index(), ...manifests(image, ...children), ...more },
    { mayGetManifest: true },
  );
  const { attestations, doubts } = await attachmentsOf(at, 'team/app', {
    digest,
    mayBeIndex: true,
  });
  return { attestations, doubts: doubts.attestation, signature: doubts.signature };
}

const attested = { attestations: [says], doubts: [], signature: [] };
const bare = { attestations: [], doubts: [], signature: [] };
const doubtful = { attestations: [], doubts: [says], signature: [] };

test.each([
  ['provenance', stating(slsa), attested],
  ['an SBOM', stating('https://spdx.dev/Document'), attested],
  ['provenance and a scan', stating('https://openvex.dev/ns/v0.2.0', slsa), attested],
  ['exploitability alone', stating('https://openvex.dev/ns/v0.2.0'), bare],
  ['a scan alone', stating('https://cosign.sigstore.dev/attestation/vuln/v1'), bare],
  ['nothing', stating(), bare],
  ['something new', stating('https://example.org/new'), doubtful],
  ['something untold', stating(null), doubtful],
  ['a layer that is no statement', manifest([layer('text/plain', { 'in-toto.io': slsa })]), bare],
])('an index whose attestation manifest states %s', async (_title, child, wanted) => {
  const entries = [descriptor(null, undefined, amd64), about(amd64, child)];
  expect(await within(entries, [child])).toEqual(wanted);
});

test('an attestation of an image that is not in the index attests nothing', async () => {
  const child = stating(slsa);
  const entries = [descriptor(null, undefined, amd64), about(other, child)];
  expect(await within(entries, [child])).toEqual(bare);
});

test('an attestation whose manifest has another subject attests nothing', async () => {
  const child = { ...stating(slsa), subject: { mediaType: 'x', digest: other, size: 7 } };
  const entries = [descriptor(null, undefined, amd64), about(amd64, child)];
  expect(await within(entries, [child])).toEqual(bare);
});

test('an index is attested when each of its platforms is', async () => {
  const one = stating(slsa);
  const two = stating('https://spdx.dev/Document');
  const platforms = [descriptor(null, undefined, amd64), descriptor(null, undefined, arm64)];
  const all = [...platforms, about(amd64, one), about(arm64, two)];
  expect(await within(all, [one, two])).toEqual(attested);
  expect(await within([...platforms, about(amd64, one)], [one])).toEqual(bare);
});

test.each([
  ['is refused', 403, doubtful],
  ['is another', stating(slsa, slsa), doubtful],
  ['is gone', 404, bare],
])('an attestation manifest that %s attests nothing', async (_title, answer, wanted) => {
  const child = stating(slsa);
  const entries = [descriptor(null, undefined, amd64), about(amd64, child)];
  const more = { [`manifests/${digestOf(child)}`]: answer };
  expect(await within(entries, [], more)).toEqual(wanted);
});

test('an index within the index may hold more than is seen', async () => {
  const nested = { ...descriptor(null, undefined, amd64), mediaType: index().mediaType };
  expect(await within([nested], [])).toEqual(doubtful);
});

test('an index without platforms, and a plain image, hold no attestation', async () => {
  expect(await within([], [])).toEqual(bare);
  expect(await within([descriptor(null, undefined, amd64)], [])).toEqual(bare);
});

test('an index that cannot be read leaves its attestations in doubt, and signatures not', async () => {
  const digest = digestOf(index());
  const { registry: at } = await registry(
    { [`referrers/${digest}`]: index(), [`manifests/${digest}`]: 403 },
    { mayGetManifest: true },
  );
  const { doubts } = await attachmentsOf(at, 'team/app', { digest, mayBeIndex: true });
  expect(doubts).toEqual({ signature: [], attestation: [expect.stringContaining('HTTP 403')] });
});
