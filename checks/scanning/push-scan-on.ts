import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const pushScanOn = defineCheck({
  id: 'push-scan-on',
  subject: 'repository',
  severity: 'high',
  title: 'Every pushed image is scanned for vulnerabilities',
  why: 'An image that nobody scans is deployed with whatever known vulnerabilities it holds. A scan that has to be started by hand is forgotten.',
  answers: ['C3', 'B1', 'F3', 'M1'],
  topics: ['vulnerability-scan-on-push'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      risk: 'Replaces all scanning rules of the registry; BASIC where ENHANCED is set switches Amazon Inspector off for it.',
      undo: 'Put the rules back that aws ecr get-registry-scanning-configuration showed before.',
      command:
        'aws ecr put-registry-scanning-configuration --scan-type <BASIC or ENHANCED> --rules \'[{"scanFrequency":"SCAN_ON_PUSH","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]\' # replaces all scanning rules of the registry',
      terraform:
        'aws_ecr_registry_scanning_configuration: rule { scan_frequency = "SCAN_ON_PUSH", repository_filter { filter = "*", filter_type = "WILDCARD" } }',
      console: 'Amazon ECR > Private registry > Features & settings > Scanning',
    },
    'artifact-registry': {
      command: [
        'gcloud services enable containerscanning.googleapis.com --project=<project>',
        'gcloud artifacts repositories update <repository> --location=<location> --allow-vulnerability-scanning',
      ].join('\n'),
      terraform:
        'google_project_service: service = "containerscanning.googleapis.com"; google_artifact_registry_repository: vulnerability_scanning_config { enablement_config = "INHERITED" }',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Vulnerability scanning',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"auto_scan":"true"}}\' https://<host>/api/v2.0/projects/<project>',
      terraform: 'harbor_project: vulnerability_scanning = true',
      console:
        'Projects > (project) > Configuration > Vulnerability scanning: Automatically scan images on push; the scanner is under Administration > Interrogation Services > Scanners',
    },
    'docker-hub': {
      risk: 'Counts towards the Docker Scout repositories of the subscription, and replaces static scanning.',
      undo: 'docker scout repo disable --org <namespace> <namespace>/<repository>',
      command: 'docker scout repo enable --org <namespace> <namespace>/<repository>',
      console:
        'Docker Hub > My Hub > Repositories > (repository) > Settings > Image security insight settings > Docker Scout image analysis',
    },
    acr: {
      risk: 'The plan is paid for the whole subscription.',
      undo: 'az security pricing create --name Containers --tier free',
      command:
        'az security pricing create --name Containers --tier standard --extensions name=ContainerRegistriesVulnerabilityAssessments isEnabled=True',
      terraform:
        'azurerm_security_center_subscription_pricing: resource_type = "Containers", tier = "Standard", extension { name = "ContainerRegistriesVulnerabilityAssessments" }',
      console:
        'Microsoft Defender for Cloud > Environment settings > <subscription> > Containers: On > Settings > Registry access',
      instead:
        'where the plan is on, let Defender in: az acr update --name <registry> --allow-trusted-services true',
    },
  },
  needs: ['pushScan'],

  judge({ pushScan }) {
    switch (pushScan.mode) {
      case 'on':
        return pass(`${pushScan.engine} scans ${scanned[pushScan.trigger]}`);
      case 'off':
        return fail(`pushed images are not scanned: ${pushScan.why}`);
    }
  },
});

const scanned = {
  push: 'every image when it is pushed',
  continuous: 'every image when it is pushed and from then on',
} as const;
