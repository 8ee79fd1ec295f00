import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const storage = {
  'encrypted-with-own-key': {
    command:
      'gcloud artifacts repositories create <repository> --location=<location> --repository-format=docker --kms-key=projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>',
    terraform: 'google_artifact_registry_repository: kms_key_name',
    console:
      'Google Cloud console > Artifact Registry > Repositories > Create repository > Encryption',
    instead: 'the key of a repository cannot be changed: create another one and copy the images',
    risk: 'Images must be copied and deployments switched to the new repository; while the key is unusable, nobody can pull.',
    undo: 'Delete the new repository before anything uses it.',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/cmek'],
  },
  replicated: {
    command:
      'gcloud artifacts repositories create <repository> --location=<us, europe or asia> --repository-format=docker',
    terraform: 'google_artifact_registry_repository: location = "europe"',
    console:
      'Google Cloud console > Artifact Registry > Repositories > Create repository > Location type: Multi-region',
    instead:
      'the location of a repository cannot be changed: create another one and copy the images',
    risk: 'Images must be copied and deployments switched to the new repository.',
    undo: 'Delete the new repository before anything uses it.',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/repositories/repo-locations',
    ],
  },
} satisfies Record<Failable['storage'], Fix>;
