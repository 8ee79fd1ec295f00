import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const recentImagesClean = defineCheck({
  id: 'recent-images-clean',
  subject: 'repository',
  severity: 'high',
  title: 'No critical vulnerability is known in the newest images',
  why: 'A critical finding is known to everybody, attackers included, and the newest images are the ones that are deployed next.',
  answers: ['C3'],
  topics: ['scanning-enforced-block-vulnerable'],
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    ecr: {
      risk: 'A rebuilt image may behave differently: test it as any other change.',
      undo: 'Deploy the image from before by its digest.',
      command:
        'aws ecr describe-image-scan-findings --repository-name <name> --image-id imageTag=<tag> # then rebuild on a fixed base image and push',
      console: 'Amazon ECR > Private registry > Repositories > <name> > <tag> > Scan results',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts docker images describe <image>@<digest> --show-package-vulnerability # then rebuild with the fixed packages and push',
    },
    harbor: {
      command:
        'curl -u <user> https://<host>/api/v2.0/projects/<project>/repositories/<repository>/artifacts/<tag>/additions/vulnerabilities # then rebuild on a fixed base image and push; a slash in the repository is %252F',
      console: 'Projects > (project) > Repositories > (repository) > (artifact) > Vulnerabilities',
    },
    'docker-hub': {
      risk: 'A newer base image may behave differently.',
      undo: 'Push the former image under a new tag.',
      command:
        'docker scout recommendations <namespace>/<repository>:<tag> # then rebuild and push',
      console: 'Docker Scout dashboard > Images > (image)',
    },
    acr: {
      command:
        'az acr build --registry <registry> --image <repository>:<tag> . # on a fixed base image',
      console:
        'Microsoft Defender for Cloud > Recommendations > those on container images in registries',
    },
  },
  byDefault: false,
  needs: ['recentScans'],

  judge({ recentScans }) {
    if (recentScans.length === 0) return pass('there is no image to judge');
    let high = 0;
    const offenders: string[] = [];
    for (const { image, scan } of recentScans) {
      switch (scan.mode) {
        case 'missing':
          offenders.push(`${image} (no scan)`);
          break;
        case 'finished':
          if (scan.critical > 0) offenders.push(`${image} (critical: ${scan.critical})`);
          high += scan.high;
          break;
      }
    }
    if (offenders.length > 0)
      return fail(`newest images that are not clean: ${enumerate(offenders)}`);
    return pass(`newest images without a critical finding: ${recentScans.length} (high: ${high})`);
  },
});
