import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const reference = ['https://docs.gitlab.com/ci/yaml/signing_examples/'];

const sign: Fix = {
  command: 'cosign sign --yes <image>@<digest>',
  instead:
    'Sign images in the pipeline that builds them, with the id_tokens of the job (aud: sigstore) or a key that the job gets from a vault.',
  risk: 'Signing by id_tokens writes the names of project and pipeline into the public log of Sigstore.',
  undo: 'Delete the signature; what is in the public log stays.',
  references: reference,
};

export const signing = {
  'recent-images-attested': {
    command: 'cosign attest --yes --type slsaprovenance1 --predicate <file> <image>@<digest>',
    instead:
      'Attest images in the pipeline that builds them, with the id_tokens of the job, or let BuildKit add provenance and SBOM (docker buildx build --provenance=true --sbom=true).',
    risk: 'Signing by id_tokens writes the names of project and pipeline into the public log of Sigstore.',
    undo: 'Delete what was attached; what is in the public log stays.',
    references: reference,
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
} satisfies Record<Failable['signing'], Fix>;
