import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const upstreams = {
  'upstream-scope-narrow': {
    command:
      'gcloud artifacts repositories update <virtual repository> --location=<location> --upstream-policy-file=policies.json # own repositories with a greater priority than remote ones',
    terraform:
      'google_artifact_registry_repository: virtual_repository_config { upstream_policies { priority } }; remote_repository_config { docker_repository { custom_repository { uri = "https://<host>/<path>" } } }',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (virtual repository) > Edit repository > Virtual repository policies',
    risk: 'Replaces the upstream policies of the virtual repository; a name in one of your own repositories no longer comes from the upstream.',
    undo: 'The same command with the policies saved with gcloud artifacts repositories describe before the change.',
    references: [
      'https://docs.cloud.google.com/artifact-registry/docs/repositories/virtual-repo',
      'https://docs.cloud.google.com/artifact-registry/docs/repositories/remote-repo',
    ],
  },
  'upstreams-approved': {
    command:
      'gcloud artifacts repositories create <repository> --location=<location> --repository-format=docker --mode=remote-repository --remote-docker-repo=https://<host>',
    terraform:
      'google_artifact_registry_repository: remote_repository_config { docker_repository { custom_repository { uri = "https://<host>" } } }',
    console:
      'Google Cloud console > Artifact Registry > Repositories > Create repository > Mode: Remote',
    instead: 'the upstream of a remote repository cannot be changed: create another one',
    risk: 'Deployments must be switched to the new repository, which starts with an empty cache.',
    undo: 'Keep the old repository until no client pulls from it.',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/repositories/remote-repo'],
  },
} satisfies Record<Failable['upstreams'], Fix>;
