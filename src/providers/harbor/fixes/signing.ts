import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const sign: Fix = {
  command: 'cosign sign --key <key> <host>/<project>/<repository>@<digest>',
  instead:
    'The console cannot sign: sign by digest in the pipeline that builds the image, with cosign or notation.',
  risk: 'Adds an artifact to the repository; a key that others can use proves nothing.',
  undo: 'cosign clean <host>/<project>/<repository>@<digest>',
  references: [
    'https://goharbor.io/docs/2.13.0/working-with-projects/working-with-images/sign-images/',
  ],
};

export const signing = {
  'recent-images-attested': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"auto_sbom_generation":"true"}}\' https://<host>/api/v2.0/projects/<project> # or attach provenance: cosign attest --key <key> --type slsaprovenance1 --predicate <file> <host>/<project>/<repository>@<digest>',
    terraform: 'harbor_project: auto_sbom_generation = true',
    console:
      'Projects > (project) > Configuration > SBOM generation: Automatically generate SBOM on push',
    risk: 'Every push loads the scanner again, and every SBOM uses storage.',
    undo: 'The same command with "auto_sbom_generation":"false".',
    references: ['https://goharbor.io/docs/2.13.0/administration/sbom-integration/'],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
  'signature-required': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"enable_content_trust_cosign":"true"}}\' https://<host>/api/v2.0/projects/<project> # asks for a signature, whoever made it',
    terraform: 'harbor_project: enable_content_trust_cosign = true',
    console: 'Projects > (project) > Configuration > Deployment security: Cosign',
    instead:
      'Harbor checks only that a signature exists. Verify the signer at deployment, with Kyverno, Ratify or the Sigstore policy controller.',
    risk: 'Harbor blocks pulls of images without a signature, also for running deployments when they restart.',
    undo: 'The same command with "false".',
    references: [
      'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/implementing-content-trust/',
    ],
  },
  'signing-configured': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"enable_content_trust_cosign":"true"}}\' https://<host>/api/v2.0/projects/<project> # for Notation: enable_content_trust',
    terraform: 'harbor_project: enable_content_trust_cosign = true',
    console: 'Projects > (project) > Configuration > Deployment security: Cosign or Notation',
    risk: 'Harbor blocks pulls of images without a signature, also for running deployments when they restart.',
    undo: 'The same command with "false".',
    references: [
      'https://goharbor.io/docs/2.13.0/working-with-projects/project-configuration/implementing-content-trust/',
    ],
  },
} satisfies Record<Failable['signing'], Fix>;
