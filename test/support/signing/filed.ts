import type { Candidate } from '../../../src/model/candidates.ts';
import { manifest } from '../../oci/support/registry.ts';

const forms = {
  'simple-signing': {
    layer: 'application/vnd.dev.cosign.simplesigning.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
  },
  'sigstore-bundle': {
    layer: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    config: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  },
  'notation-jws': {
    layer: 'application/jose+json',
    config: 'application/vnd.cncf.notary.signature',
  },
} as const;

/** A candidate whose content is text. */
export type TextCandidate = Candidate & { readonly form: keyof typeof forms };

/** How a registry stores a candidate beside the image of a digest: its manifest, and its layer. */
export function filed(
  { form, digest, content, annotations }: TextCandidate,
  of: string,
): { readonly manifest: string; readonly layer: { mediaType: string; content: string } } {
  const { layer, config } = forms[form];
  const size = Buffer.byteLength(content, 'base64');
  const subject = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: of, size: 7 };
  const whole = manifest([{ mediaType: layer, digest, size, annotations }], {
    config: { mediaType: config, digest, size: 2 },
    // Cosign names the image in the tag and in the content.
    ...(form === 'simple-signing' ? {} : { subject }),
  });
  return {
    manifest: JSON.stringify(whole),
    layer: {
      mediaType: 'application/octet-stream',
      content: Buffer.from(content, 'base64').toString(),
    },
  };
}
