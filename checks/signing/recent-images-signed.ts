import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const recentImagesSigned = defineCheck({
  id: 'recent-images-signed',
  subject: 'repository',
  severity: 'medium',
  title: 'The newest images carry a signature',
  why: 'A signing rule says what should happen. Only a signature beside the image can be verified where it is deployed; one unsigned image is enough to keep enforcement switched off.',
  answers: ['C4', 'F4'],
  topics: ['image-signing-configured'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-signing.html',
    'https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers',
  ],
  fix: {
    ecr: {
      risk: 'Adds an artifact to the repository; a key that others can use proves little.',
      undo: 'Delete the signature by its digest.',
      command:
        'cosign sign --key awskms:///<key-arn> <account>.dkr.ecr.<region>.amazonaws.com/<name>@<digest>',
      console:
        'Amazon ECR > Private registry > Features & settings > Managed signing > Create rule, then push the image again',
    },
    'artifact-registry': {
      command: [
        'cosign sign --key gcpkms://projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key> <image>@<digest>',
        '# or, for Binary Authorization:',
        'gcloud container binauthz attestations sign-and-create --artifact-url=<image>@<digest> --attestor=<attestor> --keyversion=<key version>',
      ].join('\n'),
    },
    harbor: {
      command: 'cosign sign --key <key> <host>/<project>/<repository>@<digest>',
      instead:
        'The console cannot sign: let the pipeline that builds the image sign it by digest, with cosign or notation.',
    },
    'docker-hub': {
      risk: 'Signatures are public as far as the repository is.',
      undo: 'cosign clean <namespace>/<repository>@<digest>',
      command: 'cosign sign <namespace>/<repository>@<digest>',
      instead: 'Docker Content Trust is retired: sign in the pipeline with cosign or Notation',
    },
    acr: {
      command:
        'notation sign --signature-format cose --plugin azure-kv --id <key id> <registry>.azurecr.io/<repository>@<digest>',
    },
  },
  needs: ['recentSignatures'],

  judge({ recentSignatures }) {
    if (recentSignatures.length === 0) return pass('there is no image to judge');
    const all = recentSignatures.length;
    const unsigned = recentSignatures.filter(({ signedBy }) => signedBy.length === 0);
    if (unsigned.length > 0) {
      const images = enumerate(unsigned.map(({ image }) => image));
      return fail(`newest images without a signature: ${images} (${unsigned.length} of ${all})`);
    }
    const kinds = new Set(recentSignatures.flatMap(({ signedBy }) => signedBy));
    return pass(
      `newest images with a signature: ${all} of ${all} (${enumerate([...kinds])}); whether it is valid is not examined`,
    );
  },
});
