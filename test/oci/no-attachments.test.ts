import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attachmentsOf } from '../../src/oci/attachments.ts';
import { blobs, index, registry } from './support/registry.ts';

interface Recorded {
  readonly image: string;
  readonly manifests: Readonly<Record<string, object>>;
}

const recorded: Readonly<Record<string, Recorded>> = JSON.parse(
  readFileSync(new URL('../recordings/oci/no-attachments.json', import.meta.url), 'utf8'),
);

/** What hangs on a recorded image, in a registry that has the referrers API or leaves it to tags. */
async function attachedTo(
  { image, manifests }: Recorded,
  referrers: 'api' | 'none',
  read: boolean,
) {
  const answers = Object.fromEntries(
    Object.entries(manifests).map(([name, manifest]) => [`manifests/${name}`, manifest]),
  );
  const listed = referrers === 'api' ? { [`referrers/${image}`]: index() } : {};
  const { registry: at } = await registry(
    // The one payload that was recorded, of three bytes.
    { ...answers, ...listed, ...blobs(Buffer.from('{}\n')) },
    { mayGetManifest: read },
  );
  return attachmentsOf(at, 'team/app', { digest: image, mayBeIndex: true });
}

test.each(Object.entries(recorded))(
  '%s, made by real tools, is neither signed nor attested',
  async (_name, image) => {
    for (const referrers of ['api', 'none'] as const) {
      for (const read of [true, false]) {
        const { signatures, attestations } = await attachedTo(image, referrers, read);
        expect({ signatures, attestations }).toEqual({ signatures: [], attestations: [] });
      }
    }
  },
);

test.each([
  ['bk/vex-only', 'attestation'],
  ['bk/vuln-only', 'attestation'],
  ['bk/empty', 'attestation'],
  ['bk/foreign', 'attestation'],
  ['tag/sbom-plain', 'attestation'],
  ['tag/sig-plain', 'signature'],
  ['or/fake-notation', 'signature'],
  ['cs/attach-bogus', 'signature'],
] as const)('%s is no doubt either where it may be read', async (name, kind) => {
  const image = recorded[name];
  if (image === undefined) throw new Error(`${name} was not recorded`);
  const { doubts } = await attachedTo(image, 'api', true);
  expect(doubts[kind]).toEqual([]);
});
