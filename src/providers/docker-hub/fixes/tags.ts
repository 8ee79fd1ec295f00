import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const tags = {
  'tags-immutable': {
    terraform:
      'docker_hub_repository: immutable_tags_settings = { enabled = true, rules = [".*"] }',
    console:
      'Docker Hub > My Hub > Repositories > (repository) > Settings > General > Tag mutability settings: All tags are immutable',
    instead:
      'it is not documented whether a rule must match the whole tag: start each with ^ and end it with $',
    risk: 'Pushes to an existing tag fail, including latest, and such tags cannot be deleted.',
    undo: 'Select All tags are mutable in the same place.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/hub-images/immutable-tags/'],
  },
} satisfies Record<Failable['tags'], Fix>;
