import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const signing = {
  'recent-images-attested': {
    command:
      'docker buildx build --provenance=mode=max --sbom=true --push --tag <namespace>/<repository>:<tag> .',
    instead:
      'attestations that BuildKit keeps within the image index cannot be told without a pull; ones attached as referrers can',
    risk: 'The tag is moved to an index with more members, which very old clients do not read.',
    undo: 'Build without attestations again.',
    references: ['https://docs.docker.com/build/metadata/attestations/'],
  },
  'recent-images-signed': {
    command: 'cosign sign <namespace>/<repository>@<digest>',
    instead: 'Docker Content Trust is retired: sign in the pipeline with cosign or Notation',
    risk: 'Signatures are public as far as the repository is.',
    undo: 'cosign clean <namespace>/<repository>@<digest>',
    references: ['https://docs.docker.com/docker-hub/repos/manage/hub-images/oci-artifacts/'],
  },
} satisfies Record<Failable['signing'], Fix>;
