import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const keyless = {
  console: 'Repository > Repositories > (repository of the oci format) > Cosign: Keyless',
  instead:
    'Only the oci format asks for signatures: move images of the docker format to a repository of it, or let the admission control of the cluster verify them. Name the issuer and the identity with expressions that let in nobody else.',
  risk: 'The server refuses to hand out images without a signature that matches both expressions.',
  undo: 'Set the enforcement to None in the same place.',
  references: ['https://help.sonatype.com/en/docker-registry.html'],
} satisfies Fix;

const sign: Fix = {
  command: 'cosign sign <host>/<image>@<digest>',
  instead: 'Let the pipeline that builds the image sign it by its digest.',
  risk: 'Adds an artifact to the repository; a key that others can use proves little.',
  undo: 'cosign clean <host>/<image>@<digest>',
  references: ['https://help.sonatype.com/en/docker-registry.html'],
};

export const signing = {
  'recent-images-attested': {
    command: 'cosign attest --type slsaprovenance1 --predicate <file> <host>/<image>@<digest>',
    risk: 'Adds an artifact to the repository.',
    undo: 'cosign clean <host>/<image>@<digest>',
    references: ['https://help.sonatype.com/en/docker-registry.html'],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
  'signature-required': keyless,
  'signing-configured': keyless,
} satisfies Record<Failable['signing'], Fix>;
