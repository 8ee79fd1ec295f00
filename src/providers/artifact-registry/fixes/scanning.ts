import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const scanning = {
  'push-scan-on': {
    command: [
      'gcloud services enable containerscanning.googleapis.com --project=<project>',
      'gcloud artifacts repositories update <repository> --location=<location> --allow-vulnerability-scanning',
    ].join('\n'),
    terraform:
      'google_project_service: service = "containerscanning.googleapis.com"; google_artifact_registry_repository: vulnerability_scanning_config { enablement_config = "INHERITED" }',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Vulnerability scanning',
    risk: 'Every image that is pushed from then on is charged.',
    undo: 'gcloud artifacts repositories update <repository> --location=<location> --disable-vulnerability-scanning',
    references: ['https://docs.cloud.google.com/artifact-analysis/docs/enable-automatic-scanning'],
  },
  'recent-images-clean': {
    command:
      'gcloud artifacts docker images describe <image>@<digest> --show-package-vulnerability # then rebuild with the fixed packages and push',
    risk: 'A rebuilt image can behave differently: test it like any other change.',
    undo: 'Deploy the previous image by digest.',
    references: [
      'https://docs.cloud.google.com/artifact-analysis/docs/investigate-vulnerabilities',
    ],
  },
  'recent-images-scanned': {
    command:
      'gcloud artifacts repositories update <repository> --location=<location> --allow-vulnerability-scanning # then push the images again: those from before are not scanned',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Vulnerability scanning',
    risk: 'Every image that is pushed again is charged.',
    undo: 'gcloud artifacts repositories update <repository> --location=<location> --disable-vulnerability-scanning',
    references: ['https://docs.cloud.google.com/artifact-analysis/docs/enable-automatic-scanning'],
  },
  'rescan-on': {
    command: [
      'gcloud services enable containerscanning.googleapis.com --project=<project>',
      'gcloud artifacts repositories update <repository> --location=<location> --allow-vulnerability-scanning',
    ].join('\n'),
    terraform: 'google_project_service: service = "containerscanning.googleapis.com"',
    console:
      'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Vulnerability scanning',
    risk: 'Every image that is pushed from then on is charged.',
    undo: 'gcloud artifacts repositories update <repository> --location=<location> --disable-vulnerability-scanning',
    references: [
      'https://docs.cloud.google.com/artifact-analysis/docs/container-scanning-overview',
    ],
  },
} satisfies Record<Failable['scanning'], Fix>;
