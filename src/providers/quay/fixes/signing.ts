import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { guides } from './pages.ts';

const sign: Fix = {
  command: 'cosign sign <host>/<namespace>/<repository>@<digest>',
  risk: 'Each image has one artefact more beside it; policies for tags count that of an older cosign.',
  undo: 'cosign clean --type signature <host>/<namespace>/<repository>@<digest>',
  references: [guides.using, 'https://docs.sigstore.dev/cosign/signing/signing_with_containers/'],
};

export const signing = {
  'recent-images-attested': {
    command:
      'cosign attest --predicate <sbom.json> --type spdxjson <host>/<namespace>/<repository>@<digest>',
    risk: 'Each image has one artefact more beside it.',
    undo: 'cosign clean --type attestation <host>/<namespace>/<repository>@<digest>',
    references: [guides.using, 'https://docs.sigstore.dev/cosign/verifying/attestation/'],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
} satisfies Record<Failable['signing'], Fix>;
