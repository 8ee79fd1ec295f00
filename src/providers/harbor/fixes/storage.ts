import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const storage = {
  'replication-targets-trusted': {
    console: 'Administration > Replications > (rule) > Disable or Delete',
    terraform: 'harbor_replication: enabled = false, or remove the resource',
    instead: 'if the target is intended, declare its host in expect.trustedAccounts',
    risk: 'Clients of the other registry get no new images.',
    undo: 'Enable the rule in the same place. Copies remain in the other registry.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/configuring-replication/create-replication-rules/',
    ],
  },
  replicated: {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"name":"<name>","enabled":true,"dest_registry":{"id":<registry id>},"trigger":{"type":"event_based"},"filters":[{"type":"name","value":"<project>/**"}],"override":true}\' https://<host>/api/v2.0/replication/policies',
    terraform:
      'harbor_replication: action = "push", registry_id, schedule = "event_based", filters { name = "<project>/**" }',
    console: 'Administration > Replications > New Replication Rule: push-based, event based',
    risk: 'Copies use storage at the target, and "override" replaces images with the same name there.',
    undo: 'Disable or delete the rule in the same place; copies remain until they are deleted.',
    references: [
      'https://goharbor.io/docs/2.13.0/administration/configuring-replication/create-replication-rules/',
    ],
  },
} satisfies Record<Failable['storage'], Fix>;
