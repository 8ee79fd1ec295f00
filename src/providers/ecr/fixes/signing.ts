import { buildAgain, type Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const sign: Fix = {
  command:
    'cosign sign --key awskms:///<key-arn> <account>.dkr.ecr.<region>.amazonaws.com/<name>@<digest>',
  console:
    'Amazon ECR > Private registry > Features & settings > Managed signing > Create rule, then push the image again',
  risk: 'Adds an artifact to the repository; a key that others can use proves nothing.',
  undo: 'Delete the signature by its digest.',
  references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-signing.html'],
};

export const signing = {
  'recent-images-attested': {
    command:
      'cosign attest --key awskms:///<key-arn> --type cyclonedx --predicate <sbom.json> <account>.dkr.ecr.<region>.amazonaws.com/<name>@<digest>',
    instead:
      'The console cannot attest: attach provenance and SBOM in the pipeline that builds the image.',
    risk: 'Adds an artifact to the repository, which counts as an image in retention rules.',
    undo: 'Delete the attestation by its digest.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/push-oci-artifact.html'],
  },
  'recent-images-signed': sign,
  'recent-images-verified': buildAgain(sign),
  'signing-configured': {
    command:
      'aws ecr put-signing-configuration --signing-configuration \'{"rules":[{"signingProfileArn":"<profile-arn>","repositoryFilters":[{"filter":"<name>","filterType":"WILDCARD_MATCH"}]}]}\' # replaces all signing rules of the registry; whoever pushes needs signer:SignPayload on the profile',
    terraform:
      'awscc_ecr_signing_configuration: rules = [{ signing_profile_arn = "<profile-arn>" }]',
    console: 'Amazon ECR > Private registry > Features & settings > Managed signing > Create rule',
    risk: 'Replaces all signing rules of the registry; pushes fail for principals without access to the profile.',
    undo: 'Restore the settings saved with aws ecr get-signing-configuration before the change.',
    references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html'],
  },
} satisfies Record<Failable['signing'], Fix>;
