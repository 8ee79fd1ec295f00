import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const sign: Fix = {
  command: 'cosign sign <namespace>/<repository>@<digest>',
  instead: 'Docker Content Trust is retired: sign in the pipeline with cosign or Notation',
  risk: 'Signatures of a public repository are public.',
  undo: 'cosign clean <namespace>/<repository>@<digest>',
  references: ['https://docs.docker.com/docker-hub/repos/manage/hub-images/oci-artifacts/'],
};

export const signing = {
  'recent-images-attested': {
    command:
      'docker buildx build --provenance=mode=max --sbom=true --push --tag <namespace>/<repository>:<tag> .',
    instead:
      'attestations that BuildKit stores in the image index are not visible without a pull; those attached as referrers are',
    risk: 'The tag moves to an index with more members, which very old clients cannot read.',
    undo: 'Build without attestations again.',
    references: ['https://docs.docker.com/build/metadata/attestations/'],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
} satisfies Record<Failable['signing'], Fix>;
