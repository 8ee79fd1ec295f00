import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const attest =
  'https://docs.github.com/en/actions/security-guides/using-artifact-attestations-to-establish-provenance-for-builds';

const sign: Fix = {
  command: 'cosign sign ghcr.io/<owner>/<name>@<digest>',
  instead:
    'sign in the workflow that builds the image, with the permission id-token: write; provenance that actions/attest-build-provenance leaves at GitHub counts as well',
  risk: 'The signature names the workflow in the public transparency log.',
  undo: 'Delete the version with the tag of the signature; the entry in the log stays.',
  references: [
    attest,
    'https://docs.github.com/en/actions/publishing-packages/publishing-docker-images',
  ],
};

export const signing = {
  'recent-images-attested': {
    instead:
      'add actions/attest-build-provenance with push-to-registry: true to the workflow that builds the image, with the permissions id-token: write and attestations: write; private repositories need GitHub Enterprise Cloud, or cosign attest',
    risk: 'A tag and a version of the package come into being for each image.',
    undo: 'Remove the step.',
    references: [attest],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
} satisfies Record<Failable['signing'], Fix>;
