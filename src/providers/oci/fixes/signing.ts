import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const sign: Fix = {
  command: 'cosign sign <host>/<repository>@<digest>',
  risk: 'The signature is as public as the repository; a keyless one is in a public log as well.',
  undo: 'cosign clean <host>/<repository>@<digest>',
  references: ['https://docs.sigstore.dev/cosign/signing/signing_with_containers/'],
};

export const signing = {
  'recent-images-attested': {
    command:
      'cosign attest --type slsaprovenance1 --predicate <provenance.json> <host>/<repository>@<digest>',
    risk: 'The attestation is as public as the repository.',
    undo: 'Delete the manifest of the attestation by its digest.',
    references: ['https://docs.sigstore.dev/cosign/verifying/attestation/'],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
} satisfies Record<Failable['signing'], Fix>;
