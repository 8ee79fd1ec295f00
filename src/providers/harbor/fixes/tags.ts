import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const tags = {
  'tags-immutable': {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"action":"immutable","template":"immutable_template","tag_selectors":[{"kind":"doublestar","decoration":"matches","pattern":"**"}],"scope_selectors":{"repository":[{"kind":"doublestar","decoration":"repoMatches","pattern":"**"}]}}\' https://<host>/api/v2.0/projects/<project>/immutabletagrules',
    terraform: 'harbor_immutable_tag_rule: repo_matching = "**", tag_matching = "**"',
    console:
      'Projects > (project) > Policy > Tag Immutability > Add Rule: repositories **, tags **',
    risk: 'Pushes to an existing tag fail, including latest, and an artifact with such a tag cannot be deleted.',
    undo: 'Delete the rule in the same place.',
    references: [
      'https://goharbor.io/docs/2.13.0/working-with-projects/working-with-images/create-tag-immutability-rules/',
    ],
  },
} satisfies Record<Failable['tags'], Fix>;
