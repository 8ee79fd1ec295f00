import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const tags = {
  'tags-immutable': {
    command:
      'az acr repository update --name <registry> --image <repository>:<tag> --write-enabled false',
    instead:
      'ACR cannot lock future tags: let the pipeline lock each tag after its push, or lock a finished repository as a whole (--repository <repository>)',
    risk: 'Pipelines that push to a locked tag fail.',
    undo: 'az acr repository update --name <registry> --image <repository>:<tag> --write-enabled true',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-image-lock',
    ],
  },
} satisfies Record<Failable['tags'], Fix>;
