import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'network-bypass-off': {
    command: 'gcloud artifacts vpcsc-config deny --location=<location> --project=<project>',
    terraform: 'google_artifact_registry_vpcsc_config: vpcsc_policy = "DENY"',
    risk: 'Remote repositories of the location can no longer fetch images that are not cached yet.',
    undo: 'gcloud artifacts vpcsc-config allow --location=<location> --project=<project>',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/securing-with-vpc-sc'],
  },
  'public-endpoint-closed': {
    command:
      'gcloud access-context-manager perimeters update <perimeter> --policy=<policy> --add-resources=projects/<number> --add-restricted-services=artifactregistry.googleapis.com',
    terraform:
      'google_access_context_manager_service_perimeter: status { resources, restricted_services = ["artifactregistry.googleapis.com"], access_levels }',
    console: 'Google Cloud console > Security > VPC Service Controls',
    risk: 'Clients outside the perimeter and its access levels are denied, including pipelines and clusters of other projects: use dry-run mode first.',
    undo: 'gcloud access-context-manager perimeters update <perimeter> --policy=<policy> --remove-restricted-services=artifactregistry.googleapis.com',
    references: ['https://docs.cloud.google.com/artifact-registry/docs/securing-with-vpc-sc'],
  },
  'tls-only': {
    command:
      'gcloud org-policies set-policy policy.yaml # name: projects/<project>/policies/gcp.restrictTLSVersion, spec: {rules: [{values: {deniedValues: [TLS_VERSION_1, TLS_VERSION_1_1]}}]}',
    terraform:
      'google_org_policy_policy: name = "projects/<project>/policies/gcp.restrictTLSVersion", spec { rules { values { denied_values = ["TLS_VERSION_1", "TLS_VERSION_1_1"] } } }',
    console: 'Google Cloud console > IAM & Admin > Organization Policies > Restrict TLS Versions',
    risk: 'Clients that support only TLS 1.0 or 1.1 lose access to every service of the project.',
    undo: 'gcloud org-policies delete gcp.restrictTLSVersion --project=<project>',
    references: ['https://docs.cloud.google.com/assured-workloads/docs/restrict-tls-versions'],
  },
} satisfies Record<Failable['network'], Fix>;
