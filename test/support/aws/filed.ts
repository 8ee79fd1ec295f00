import type { EstateImage, EstateRepository } from '../../../src/demo/aws/estate.ts';
import { digestOf } from '../../../src/demo/aws/services/ecr-images.ts';
import type { Candidate } from '../../../src/model/candidates.ts';
import { manifest } from '../../oci/support/registry.ts';

const forms = {
  'simple-signing': {
    kind: 'cosign-signature',
    layer: 'application/vnd.dev.cosign.simplesigning.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
  },
  'sigstore-bundle': {
    kind: 'sigstore-bundle',
    layer: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    config: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  },
  'notation-jws': {
    kind: 'notation-signature',
    layer: 'application/jose+json',
    config: 'application/vnd.cncf.notary.signature',
  },
} as const;

/** A repository with one image of this name, and these signatures beside it as ECR stores them. */
export function withSignatures(
  name: string,
  candidates: readonly (Candidate & { readonly form: keyof typeof forms })[],
): EstateRepository {
  const image: EstateImage = { name, tags: ['1.0'], pushedAt: '2026-10-28T10:15:00Z' };
  const beside = candidates.map(({ form, digest, content, annotations }, at): EstateImage => {
    const { kind, layer, config } = forms[form];
    const size = Buffer.byteLength(content, 'base64');
    const tagged = kind === 'cosign-signature';
    const subject = { mediaType: 'application/vnd.oci.image.manifest.v1+json', size: 7 };
    return {
      name: `${name} signature ${at}`,
      kind,
      of: name,
      pushedAt: image.pushedAt,
      manifest: JSON.stringify(
        manifest([{ mediaType: layer, digest, size, annotations }], {
          config: { mediaType: config, digest, size: 2 },
          ...(tagged ? {} : { subject: { ...subject, digest: digestOf(name) } }),
        }),
      ),
    };
  });
  return {
    images: [image, ...beside],
    layers: candidates.map(({ content }) => ({
      mediaType: 'application/octet-stream',
      content: Buffer.from(content, 'base64').toString(),
    })),
  };
}
