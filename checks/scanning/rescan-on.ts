import { defineCheck, fail, pass } from '../../src/engine/check.ts';

/** Shorter than the monthly cycle on which images are usually rebuilt, a rescan ends before its image does. */
const leastDays = 30;

export const rescanOn = defineCheck({
  id: 'rescan-on',
  subject: 'repository',
  severity: 'medium',
  title: 'Images are scanned again for at least 30 days as new vulnerabilities come out',
  why: 'Most vulnerabilities of an image become known after it was pushed. A scan at the push alone never shows them, and one that ends within a month ends while the image still runs.',
  answers: ['C3', 'F3'],
  topics: ['vulnerability-scan-on-push'],
  references: [
    'https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      risk: 'Replaces all scanning rules of the registry, and Amazon Inspector charges for every image it scans.',
      undo: 'Put back what aws ecr get-registry-scanning-configuration and aws inspector2 get-configuration showed before.',
      command:
        'aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules \'[{"scanFrequency":"CONTINUOUS_SCAN","repositoryFilters":[{"filter":"<repository filter>","filterType":"WILDCARD"}]}]\'\naws inspector2 update-configuration --ecr-configuration rescanDuration=LIFETIME',
      terraform:
        'aws_ecr_registry_scanning_configuration: scan_type = "ENHANCED", rule { scan_frequency = "CONTINUOUS_SCAN" }',
      console:
        'Amazon ECR > Private registry > Features & settings > Scanning; Amazon Inspector > General settings > ECR scanning settings',
    },
    'artifact-registry': {
      command: [
        'gcloud services enable containerscanning.googleapis.com --project=<project>',
        'gcloud artifacts repositories update <repository> --location=<location> --allow-vulnerability-scanning',
      ].join('\n'),
      terraform: 'google_project_service: service = "containerscanning.googleapis.com"',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Vulnerability scanning',
    },
    harbor: {
      command:
        'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"schedule":{"type":"Daily","cron":"0 0 0 * * *"}}\' https://<host>/api/v2.0/system/scanAll/schedule # PUT where there is one',
      terraform: 'harbor_interrogation_services: vulnerability_scan_policy = "Daily"',
      console: 'Administration > Interrogation Services > Vulnerability > Schedule to scan all',
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
  needs: ['rescan'],

  judge({ rescan }) {
    switch (rescan.mode) {
      case 'on':
        if (rescan.days === null) return pass(`images are scanned again by ${rescan.how}`);
        return rescan.days >= leastDays
          ? pass(`images are scanned again by ${rescan.how} for ${rescan.days} days`)
          : fail(`images are scanned again by ${rescan.how}, but for ${rescan.days} days only`);
      case 'off':
        return fail(`images are not scanned again: ${rescan.why}`);
    }
  },
});
