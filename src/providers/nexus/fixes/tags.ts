import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const tags = {
  'tags-immutable': {
    command:
      'curl -u <administrator> https://<host>/service/rest/v1/repositories/docker/hosted/<repository> > <file> # set "writePolicy":"ALLOW_ONCE" and "latestPolicy":false in storage, then PUT <file> to the same address',
    terraform:
      'nexus_repository_docker_hosted: storage { write_policy = "ALLOW_ONCE", latest_policy = false }',
    console:
      'Repository > Repositories > (repository) > Hosted > Deployment policy: Disable redeploy, without redeploy on the latest tag',
    instead: 'Whoever may delete can delete a tag and push it anew: keep them few.',
    risk: 'Pushes to a tag that exists fail, latest among them.',
    undo: 'The same with "writePolicy":"ALLOW".',
    references: ['https://help.sonatype.com/en/repository-management.html'],
  },
} satisfies Record<Failable['tags'], Fix>;
