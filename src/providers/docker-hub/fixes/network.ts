import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'webhooks-use-tls': {
    console:
      'Docker Hub > My Hub > Repositories > (repository) > Webhooks: delete it and create one whose URL begins with https://',
    risk: 'Calls are lost while no webhook exists.',
    undo: 'Create the old one again.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/webhooks/'],
  },
} satisfies Record<Failable['network'], Fix>;
