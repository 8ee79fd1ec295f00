import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const recentImagesScanned = defineCheck({
  id: 'recent-images-scanned',
  subject: 'repository',
  severity: 'high',
  title: 'The newest images have a finished, current scan',
  why: 'A scanning rule says what should happen. Images pushed before it, of an unsupported kind or refused by the scanner have no result all the same, and no result is easily taken for no findings.',
  answers: ['C3', 'F3'],
  topics: ['vulnerability-scan-on-push'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      risk: 'None for the image; only so many scans of an image are allowed a day.',
      undo: 'There is nothing to undo.',
      command: 'aws ecr start-image-scan --repository-name <name> --image-id imageTag=<tag>',
      console: 'Amazon ECR > Private registry > Repositories > <name> > select the image > Scan',
      instead:
        'With enhanced scanning no scan can be started by hand: let a scanning rule of the registry cover the repository and push the image again.',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories update <repository> --location=<location> --allow-vulnerability-scanning # then push the images again: those from before are not scanned',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Edit repository > Vulnerability scanning',
    },
    harbor: {
      command:
        'curl -u <administrator> -X POST https://<host>/api/v2.0/projects/<project>/repositories/<repository>/artifacts/<tag>/scan # a slash in the repository is %252F',
      console:
        'Projects > (project) > Repositories > (repository) > select the artifact > Scan Vulnerability',
    },
    'docker-hub': {
      risk: 'Counts towards the Docker Scout repositories of the subscription, and replaces static scanning.',
      undo: 'docker scout repo disable --org <namespace> <namespace>/<repository>',
      command: 'docker scout repo enable --org <namespace> <namespace>/<repository>',
      console:
        'Docker Hub > My Hub > Repositories > (repository) > Settings > Image security insight settings > Docker Scout image analysis',
      instead: 'images pushed before analysis was switched on have to be pushed again',
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
  needs: ['recentScans'],

  judge({ recentScans }) {
    if (recentScans.length === 0) return pass('there is no image to judge');
    const unscanned = recentScans.filter(({ scan }) => scan.mode === 'missing');
    const all = recentScans.length;
    if (unscanned.length === 0) return pass(`newest images with a finished scan: ${all} of ${all}`);
    const images = enumerate(unscanned.map(({ image }) => image));
    return fail(`newest images without a scan: ${images} (${unscanned.length} of ${all})`);
  },
});
