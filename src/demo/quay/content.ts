import { createHash } from 'node:crypto';
import type { Repository, Tag } from './estate.ts';

/** Bytes that are stored under their digest. */
export interface Stored {
  readonly digest: string;
  readonly mediaType: string;
  readonly text: string;
}

/** What one tag of an estate is made of. */
export interface StoredTag {
  readonly tag: Tag;
  readonly manifest: Stored;
  readonly platforms: readonly Stored[];
  readonly referrers: readonly Stored[];
  /** What cosign files beside it. */
  readonly signature: Stored | null;
  readonly blobs: readonly Stored[];
}

const image = 'application/vnd.oci.image.manifest.v1+json';
const index = 'application/vnd.oci.image.index.v1+json';
const config = 'application/vnd.oci.image.config.v1+json';
const simpleSigning = 'application/vnd.dev.cosign.simplesigning.v1+json';
const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const provenance = 'https://slsa.dev/provenance/v1';

function stored(mediaType: string, content: unknown): Stored {
  const text = JSON.stringify(content);
  return { digest: `sha256:${createHash('sha256').update(text).digest('hex')}`, mediaType, text };
}

function descriptor({ digest, mediaType, text }: Stored) {
  return { mediaType, digest, size: Buffer.byteLength(text) };
}

function manifestOf(type: string, of: unknown, more: object = {}): Stored {
  const configuration = descriptor(stored(type, of));
  return stored(image, {
    schemaVersion: 2,
    mediaType: image,
    config: configuration,
    layers: [],
    ...more,
  });
}

export function storedTag(tag: Tag): StoredTag {
  const platforms = (tag.platforms ?? []).map((platform) =>
    manifestOf(config, { image: tag.image, platform }),
  );
  const manifest =
    tag.platforms === undefined
      ? manifestOf(tag.type ?? config, { image: tag.image })
      : stored(index, {
          schemaVersion: 2,
          mediaType: index,
          manifests: platforms.map((one, at) => {
            const [os, architecture] = (tag.platforms?.[at] ?? '').split('/');
            return { ...descriptor(one), platform: { os, architecture } };
          }),
        });
  const payload = stored(simpleSigning, {
    critical: {
      identity: { 'docker-reference': 'quay.example.org/app' },
      image: { 'docker-manifest-digest': manifest.digest },
      type: 'cosign container image signature',
    },
    optional: {},
  });
  const signature = manifestOf(
    config,
    { signs: manifest.digest },
    {
      layers: [
        {
          ...descriptor(payload),
          annotations: { 'dev.cosignproject.cosign/signature': 'MEUCIQDdemo' },
        },
      ],
    },
  );
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'app', digest: { sha256: manifest.digest.replace('sha256:', '') } }],
    predicateType: provenance,
    predicate: {},
  };
  const states = stored(bundle, {
    mediaType: bundle,
    verificationMaterial: {},
    dsseEnvelope: {
      payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig: 'MEUCIQDdemo' }],
    },
  });
  const empty = stored('application/vnd.oci.empty.v1+json', {});
  const attestation = stored(image, {
    schemaVersion: 2,
    mediaType: image,
    artifactType: bundle,
    config: descriptor(empty),
    layers: [descriptor(states)],
    subject: descriptor(manifest),
    annotations: { 'dev.sigstore.bundle.predicateType': provenance },
  });
  return {
    tag,
    manifest,
    platforms,
    referrers: tag.attested === true ? [attestation] : [],
    signature: tag.signed === true ? signature : null,
    blobs: [payload, states],
  };
}

export function storedTags({ tags = [] }: Repository): readonly StoredTag[] {
  return tags.map(storedTag);
}

/** Every manifest of a repository, with the tag it belongs to. */
export function manifestsOf(
  repository: Repository,
): readonly { readonly stored: Stored; readonly of: StoredTag }[] {
  return storedTags(repository).flatMap((of) =>
    [
      of.manifest,
      ...of.platforms,
      ...of.referrers,
      ...(of.signature === null ? [] : [of.signature]),
    ].map((one) => ({ stored: one, of })),
  );
}

/** The tag under which cosign files a signature. */
export function signatureTag({ digest }: Stored): string {
  return `${digest.replace(':', '-')}.sig`;
}
