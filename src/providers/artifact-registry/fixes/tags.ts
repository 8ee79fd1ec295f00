import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const tags = {
  'tags-immutable': {
    command:
      'gcloud artifacts repositories update <repository> --location=<location> --immutable-tags',
    terraform: 'google_artifact_registry_repository: docker_config { immutable_tags = true }',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Immutable image tags',
    risk: 'Pushes to an existing tag fail, including latest, and tags can no longer be deleted.',
    undo: 'gcloud artifacts repositories update <repository> --location=<location> --no-immutable-tags',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/repositories/create-repos'],
  },
} satisfies Record<Failable['tags'], Fix>;
