import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RegistryFacts } from '../../src/model/registry.ts';
import { movableTags } from '../../src/model/tag-lock.ts';

export const defaultsHardened = defineCheck({
  id: 'defaults-hardened',
  subject: 'registry',
  severity: 'medium',
  title: 'New repositories start private, scanned on push and with locked tags',
  why: 'Nobody hardens by hand what a robot creates at night: a repository stays as it started.',
  answers: [],
  topics: ['no-anonymous-public-access', 'vulnerability-scan-on-push', 'tag-immutability'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html',
  ],
  fix: {
    ecr: {
      risk: 'Replaces all scanning rules of the registry; BASIC where ENHANCED is set switches Amazon Inspector off for it; pipelines that move tags fail in new repositories.',
      undo: 'Put back what aws ecr get-registry-scanning-configuration showed before, and aws ecr delete-repository-creation-template --prefix ROOT.',
      command: [
        'aws ecr put-registry-scanning-configuration --scan-type <BASIC or ENHANCED> --rules \'[{"scanFrequency":"SCAN_ON_PUSH","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]\' # replaces all scanning rules of the registry',
        'aws ecr create-repository-creation-template --prefix ROOT --applied-for REPLICATION CREATE_ON_PUSH --image-tag-mutability IMMUTABLE',
      ].join('\n'),
      terraform:
        'aws_ecr_registry_scanning_configuration: rule { scan_frequency = "SCAN_ON_PUSH", repository_filter { filter = "*", filter_type = "WILDCARD" } }; aws_ecr_repository_creation_template: prefix = "ROOT", image_tag_mutability = "IMMUTABLE"',
      console:
        'Amazon ECR > Private registry > Features & Settings > Scanning, and > Repository creation templates',
    },
    'artifact-registry': {
      command: 'gcloud services enable containerscanning.googleapis.com --project=<project>',
      terraform: 'google_project_service: service = "containerscanning.googleapis.com"',
      console: 'Google Cloud console > Artifact Registry > Settings > Vulnerability scanning',
    },
    'docker-hub': {
      risk: 'Members can no longer make public repositories.',
      undo: 'Select the old setting in the same place.',
      console:
        'Docker Hub > My Hub > (organization) > Settings > Default privacy: Private, and Disable public repositories',
      instead:
        'no API tells these settings, and every repository starts with tags that can be moved: create repositories by Terraform or a pipeline',
    },
    acr: {
      command: [
        'az acr update --name <registry> --anonymous-pull-enabled false',
        'az security pricing create --name Containers --tier standard --extensions name=ContainerRegistriesVulnerabilityAssessments isEnabled=True',
      ].join('\n'),
      terraform:
        'azurerm_container_registry: anonymous_pull_enabled = false; azurerm_security_center_subscription_pricing: resource_type = "Containers", tier = "Standard"',
      console:
        'Microsoft Defender for Cloud > Environment settings > <subscription> > Containers: On',
    },
  },
  needs: ['newRepositories'],

  judge({ newRepositories }) {
    const faults = newRepositories.flatMap((start) =>
      weaknesses(start).map((weakness) => `${start.origin}: ${weakness}`),
    );
    if (faults.length > 0) return fail(`new repositories start weak: ${enumerate(faults)}`);
    return newRepositories.length === 0
      ? pass('no new repositories can come into being')
      : pass(
          'new repositories start private, scanned on push and, where there is a default, locked',
        );
  },
});

type Start = ValueOf<RegistryFacts['newRepositories']>[number];

function weaknesses({ visibility, pushScan, tagLock }: Start): string[] {
  return [
    ...(visibility === 'private' ? [] : ['public']),
    ...(pushScan === 'on' ? [] : ['not scanned on push']),
    ...(startsLocked(tagLock) ? [] : ['tags can be moved']),
  ];
}

function startsLocked(tagLock: Start['tagLock']): boolean {
  switch (tagLock.mode) {
    case 'set':
      return movableTags(tagLock.lock, ['*']).length === 0;
    case 'chosen-by-creator':
    case 'not-needed':
      return true;
  }
}
