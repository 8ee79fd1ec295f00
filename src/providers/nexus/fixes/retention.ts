import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const page = 'https://help.sonatype.com/en/cleanup-policies.html';

export const retention = {
  'retention-configured': {
    console:
      'Repository > Cleanup Policies > Create, then Repository > Repositories > (repository) > Cleanup, and System > Tasks: Cleanup service and Compact blob store',
    terraform: 'nexus_repository_docker_hosted: cleanup { policy_names = ["<policy>"] }',
    risk: 'Removes what the policy selects; the preview of the policy shows it. Compacting the blob store makes it final.',
    undo: 'Take the policy off the repository; what was removed cannot be brought back in a documented way.',
    references: [page],
  },
  'retention-spares-production': {
    console: 'Repository > Cleanup Policies > (policy) > Component Usage, or Exclusion Criteria',
    instead:
      'A policy cannot spare tags by name: keep production images in a repository of their own without a policy, or let only what was not pulled for long be removed.',
    risk: 'Images that are no longer selected take storage.',
    undo: 'Put the former criteria back in the same place.',
    references: [page],
  },
  'untagged-expire': {
    console: 'System > Tasks > Create task > Docker - Delete unused manifests and images',
    instead: 'Space is freed only by the task Compact blob store after it.',
    risk: 'Deletes manifests that no tag leads to; an image that is deployed by its digest may have no tag.',
    undo: 'Delete the task in the same place; deleted manifests cannot be brought back.',
    references: ['https://help.sonatype.com/en/tasks.html'],
  },
} satisfies Record<Failable['retention'], Fix>;
