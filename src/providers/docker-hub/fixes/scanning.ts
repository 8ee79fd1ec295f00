import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

/** Docker Scout analyses at the push and again later. */
const byScout = {
  command: 'docker scout repo enable --org <namespace> <namespace>/<repository>',
  console:
    'Docker Hub > My Hub > Repositories > (repository) > Settings > Image security insight settings > Docker Scout image analysis',
  risk: 'Counts towards the Docker Scout repositories of the subscription, and replaces static scanning.',
  undo: 'docker scout repo disable --org <namespace> <namespace>/<repository>',
  references: ['https://docs.docker.com/docker-hub/repos/manage/vulnerability-scanning/'],
} satisfies Fix;

export const scanning = {
  'push-scan-on': byScout,
  'recent-images-clean': {
    command: 'docker scout recommendations <namespace>/<repository>:<tag> # then rebuild and push',
    console: 'Docker Scout dashboard > Images > (image)',
    risk: 'A newer base image can behave differently.',
    undo: 'Push the previous image under a new tag.',
    references: ['https://docs.docker.com/scout/explore/analysis/'],
  },
  'recent-images-scanned': {
    ...byScout,
    instead: 'images that were pushed before analysis was enabled must be pushed again',
  },
  'rescan-on': {
    ...byScout,
    references: ['https://docs.docker.com/scout/explore/analysis/'],
  },
} satisfies Record<Failable['scanning'], Fix>;
