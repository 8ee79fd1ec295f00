import { createHash } from 'node:crypto';
import type { GhcrImage, GhcrPackage } from './estate.ts';

/** Bytes that the registry hands out, and under which tags. */
export interface Stored {
  readonly mediaType: string;
  readonly content: string;
  readonly tags: readonly string[];
  readonly createdAt: string;
  /** Whether it is a manifest, and so a version of the package. */
  readonly isVersion: boolean;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const imageConfig = 'application/vnd.oci.image.config.v1+json';

export function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** The manifest of an image of that name. */
export function manifestOf({
  name,
  artifactType = imageConfig,
}: Pick<GhcrImage, 'name' | 'artifactType'>): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: artifactType, digest: digestOf(`config of ${name}`), size: 100 },
    layers: [
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: digestOf(`layer of ${name}`),
        size: 1000,
      },
    ],
  });
}

/** A Sigstore bundle with a statement about a digest; its signature is one of nobody. */
export function bundleOf(digest: string, predicateType: string): object {
  const [algorithm = '', hex = ''] = digest.split(':');
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'image', digest: { [algorithm]: hex } }],
    predicateType,
    predicate: {},
  };
  return {
    mediaType: bundleType,
    verificationMaterial: { certificate: { rawBytes: 'ZGVtbw==' }, tlogEntries: [] },
    dsseEnvelope: {
      payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig: 'ZGVtbw==' }],
    },
  };
}

/** Everything that the registry has of a package. */
export function storedOf({ images = [] }: GhcrPackage): readonly Stored[] {
  return images.flatMap((image) => {
    const content = manifestOf(image);
    const { tags, createdAt, attached = [] } = image;
    const own = { mediaType: manifestType, content, tags, createdAt, isVersion: true };
    const at = { digest: digestOf(content), createdAt };
    return [own, ...attached.flatMap((kind) => attachments[kind](at))];
  });
}

interface At {
  readonly digest: string;
  readonly createdAt: string;
}

const attachments: Record<
  'cosign-signature' | 'provenance' | 'sbom',
  (at: At) => readonly Stored[]
> = {
  'cosign-signature': ({ digest, createdAt }) => {
    const payload = JSON.stringify({
      critical: {
        identity: { 'docker-reference': '' },
        image: { 'docker-manifest-digest': digest },
        type: 'cosign container image signature',
      },
      optional: null,
    });
    const mediaType = 'application/vnd.dev.cosign.simplesigning.v1+json';
    return [
      blob(mediaType, payload, createdAt),
      artifact({
        layer: { mediaType, content: payload },
        annotations: { 'dev.cosignproject.cosign/signature': 'ZGVtbw==' },
        tag: `${digest.replace(':', '-')}.sig`,
        createdAt,
      }),
    ];
  },
  sbom: ({ digest, createdAt }) => {
    const layer = { mediaType: 'text/spdx+json', content: '{"spdxVersion":"SPDX-2.3"}' };
    return [
      blob(layer.mediaType, layer.content, createdAt),
      artifact({ layer, annotations: {}, tag: `${digest.replace(':', '-')}.sbom`, createdAt }),
    ];
  },
  // As the attest action pushes it: an index under the fallback tag of the referrers.
  provenance: ({ digest, createdAt }) => {
    const predicate = 'https://slsa.dev/provenance/v1';
    const content = JSON.stringify(bundleOf(digest, predicate));
    const annotations = { 'dev.sigstore.bundle.predicateType': predicate };
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      artifactType: bundleType,
      config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2 },
      layers: [{ mediaType: bundleType, digest: digestOf(content), size: content.length }],
      subject: { mediaType: manifestType, digest, size: 1 },
      annotations,
    });
    const index = JSON.stringify({
      schemaVersion: 2,
      mediaType: indexType,
      manifests: [
        {
          mediaType: manifestType,
          digest: digestOf(manifest),
          size: manifest.length,
          artifactType: bundleType,
          annotations,
        },
      ],
    });
    return [
      blob(bundleType, content, createdAt),
      { mediaType: manifestType, content: manifest, tags: [], createdAt, isVersion: true },
      {
        mediaType: indexType,
        content: index,
        tags: [digest.replace(':', '-')],
        createdAt,
        isVersion: true,
      },
    ];
  },
};

function blob(mediaType: string, content: string, createdAt: string): Stored {
  return { mediaType, content, tags: [], createdAt, isVersion: false };
}

function artifact({
  layer,
  annotations,
  tag,
  createdAt,
}: {
  readonly layer: { readonly mediaType: string; readonly content: string };
  readonly annotations: Readonly<Record<string, string>>;
  readonly tag: string;
  readonly createdAt: string;
}): Stored {
  const { mediaType, content } = layer;
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: imageConfig, digest: digestOf('config'), size: 1 },
    layers: [{ mediaType, digest: digestOf(content), size: content.length, annotations }],
  };
  return {
    mediaType: manifestType,
    content: JSON.stringify(manifest),
    tags: [tag],
    createdAt,
    isVersion: true,
  };
}
