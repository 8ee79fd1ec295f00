import { createHash } from 'node:crypto';
import type { OciRepository } from './estate.ts';

/** A manifest or blob; `tag` of a manifest. */
export interface Stored {
  readonly tag?: string;
  readonly mediaType: string;
  readonly content: string;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const made = Buffer.from('made up').toString('base64');

/** Everything that can be read of a repository. */
export function storedIn({ images }: OciRepository): readonly Stored[] {
  return images.flatMap((image) => {
    const config = image.chart
      ? 'application/vnd.cncf.helm.config.v1+json'
      : 'application/vnd.oci.image.config.v1+json';
    const own = manifest(image.tag, config, []);
    const digest = digestOf(own.content);
    return [
      own,
      ...(image.signed ? beside(digest, 'sig', simpleSigning(digest), image.signature) : []),
      ...(image.attested ? beside(digest, 'att', envelope(digest)) : []),
    ];
  });
}

/** What cosign files under a tag that is named after a digest. */
function beside(
  digest: string,
  suffix: string,
  layer: Stored,
  signature = made,
): readonly Stored[] {
  const tag = `${digest.replace(':', '-')}.${suffix}`;
  return [manifest(tag, 'application/vnd.oci.image.config.v1+json', [layer], signature), layer];
}

function manifest(
  tag: string,
  config: string,
  layers: readonly Stored[],
  signature = made,
): Stored {
  const content = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: config, digest: digestOf(tag), size: 2 },
    layers: layers.map(({ mediaType, content: bytes }) => ({
      mediaType,
      digest: digestOf(bytes),
      size: bytes.length,
      annotations: { 'dev.cosignproject.cosign/signature': signature },
    })),
  });
  return { tag, mediaType: manifestType, content };
}

function simpleSigning(digest: string): Stored {
  const critical = {
    identity: { 'docker-reference': '' },
    image: { 'docker-manifest-digest': digest },
    type: 'cosign container image signature',
  };
  return {
    mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
    content: JSON.stringify({ critical, optional: null }),
  };
}

function envelope(digest: string): Stored {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: '', digest: { sha256: digest.slice('sha256:'.length) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {},
  };
  return {
    mediaType: 'application/vnd.dsse.envelope.v1+json',
    content: JSON.stringify({
      payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig: made }],
    }),
  };
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
