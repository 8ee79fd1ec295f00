import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';
const reference = [`${docs}/user/application_security/container_scanning/`];

export const scanning = {
  'push-scan-on': {
    console: 'Project > Secure > Security configuration > Container Scanning for Registry',
    instead:
      'Switch on Container Scanning for Registry and continuous vulnerability scanning (Ultimate), which look at the tag latest; for every other tag include Jobs/Container-Scanning.gitlab-ci.yml in the pipeline, or enforce it by a scan execution policy.',
    risk: 'Scans take minutes of runners, and findings appear in the vulnerability report.',
    undo: 'Switch it off in the same place, or take the job out of the pipeline.',
    references: reference,
  },
  'recent-images-clean': {
    instead:
      'Build the image again on a base image that has the fix, scan it in the pipeline, deploy it, and dismiss with a reason what does not concern it.',
    risk: 'A new base image can change how the image behaves: test it.',
    undo: 'Deploy the former image by its digest.',
    references: reference,
  },
  'recent-images-scanned': {
    instead:
      'Include Jobs/Container-Scanning.gitlab-ci.yml in the pipeline for each image that it pushes, and run it anew.',
    risk: 'Scans take minutes of runners.',
    undo: 'Take the job out of the pipeline.',
    references: reference,
  },
  'rescan-on': {
    console: 'Project > Secure > Security configuration > Continuous vulnerability scanning',
    instead:
      'Switch on continuous vulnerability scanning (Ultimate); for tags other than latest let a scheduled pipeline scan the images that are deployed.',
    risk: 'New findings appear without a pipeline.',
    undo: 'Switch it off in the same place.',
    references: [
      `${docs}/user/application_security/continuous_vulnerability_scanning/`,
      ...reference,
    ],
  },
} satisfies Record<Failable['scanning'], Fix>;
