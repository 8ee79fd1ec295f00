import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { tags } from './tags.ts';

export const retention = {
  'deletion-recoverable': {
    ...tags['tags-immutable'],
    instead:
      'Harbor cannot restore a deleted image: make the tags immutable, which also prevents deletion, or replicate to a second instance without deletions.',
  },
  'retention-configured': {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"algorithm":"or","scope":{"level":"project","ref":<project id>},"trigger":{"kind":"Schedule","settings":{"cron":"0 0 0 * * *"}},"rules":[{"action":"retain","template":"nDaysSinceLastPull","params":{"nDaysSinceLastPull":180},"tag_selectors":[{"kind":"doublestar","decoration":"matches","pattern":"**","extras":"{\\"untagged\\":false}"}],"scope_selectors":{"repository":[{"kind":"doublestar","decoration":"repoMatches","pattern":"**"}]}}]}\' https://<host>/api/v2.0/retentions # keeps what was pulled within half a year and removes all else; try it with a dry run first',
    terraform:
      'harbor_retention_policy: schedule = "Daily", rule { repo_matching = "**", tag_matching = "**", n_days_since_last_pull = 180, untagged_artifacts = false }',
    console: 'Projects > (project) > Policy > Tag Retention > Add Rule, and Schedule',
    risk: 'Permanently removes every artifact that no rule keeps; a dry run lists them.',
    undo: 'Disable the rules in the same place; removed artifacts cannot be restored.',
    references: [
      'https://goharbor.io/docs/2.13.0/working-with-projects/working-with-images/create-tag-retention-rules/',
    ],
  },
  'retention-spares-production': {
    command:
      'curl -u <administrator> https://<host>/api/v2.0/retentions/<policy id> > policy.json # add a rule with template "always" for the tags of production, then: curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d @policy.json https://<host>/api/v2.0/retentions/<policy id>',
    terraform:
      'harbor_retention_policy: rule { repo_matching = "**", tag_matching = "<production tags>", always_retain = true }',
    console:
      'Projects > (project) > Policy > Tag Retention > Add Rule: retain always, with the tags of production',
    instead:
      'A rule defines what to keep; everything else is removed. Retention never removes tags of an immutability rule.',
    risk: 'Artifacts with these tags stay and use storage until the rule is removed.',
    undo: 'PUT the previous policy: keep a copy of policy.json before you edit it.',
    references: [
      'https://goharbor.io/docs/2.13.0/working-with-projects/working-with-images/create-tag-retention-rules/',
    ],
  },
  'untagged-expire': {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"schedule":{"type":"Weekly","cron":"0 0 0 * * 0"},"parameters":{"delete_untagged":true,"workers":1}}\' https://<host>/api/v2.0/system/gc/schedule # PUT where there is one',
    terraform: 'harbor_garbage_collection: schedule = "weekly", delete_untagged = true',
    console:
      'Administration > Clean Up > Garbage Collection > Schedule to GC, with Allow garbage collection on untagged artifacts',
    risk: 'Permanently deletes untagged artifacts; an image that is deployed by digest may have no tag.',
    undo: 'PUT {"schedule":{"type":"None"}} to the same URL, or the schedule saved with GET before the change; deleted artifacts cannot be restored.',
    references: ['https://goharbor.io/docs/2.13.0/administration/garbage-collection/'],
  },
} satisfies Record<Failable['retention'], Fix>;
