import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const tags = {
  'tags-immutable': {
    terraform: 'gitlab_project_container_registry_tag_protection: tag_name_pattern, immutable',
    console:
      'Project > Settings > Packages and registries > Container registry > Protected container image tags > Add protection rule > Immutable, with an expression of RE2 such as ^v.*$',
    instead:
      'Immutable rules need Ultimate and the metadata database of the registry; without them deploy by digest.',
    risk: 'Pushes to a tag that exists fail, and neither such a tag nor its repository can be deleted; a rule for every tag holds latest too.',
    undo: 'Delete the rule in the same place, as an owner.',
    references: [
      'https://docs.gitlab.com/user/packages/container_registry/immutable_container_tags/',
    ],
  },
} satisfies Record<Failable['tags'], Fix>;
