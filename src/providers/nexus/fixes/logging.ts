import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const page = 'https://help.sonatype.com/en/auditing.html';

export const logging = {
  'audit-log-exported': {
    console:
      'System > Capabilities > Create capability > Webhook: Global, with the event type audit',
    instead: 'Or let an agent ship log/audit/audit.log to the log system of the organization.',
    risk: 'Records with names and addresses leave the server: send them over https, with a secret.',
    undo: 'Delete the capability in the same place.',
    references: [page, 'https://help.sonatype.com/en/webhooks.html'],
  },
  'audit-log-on': {
    console: 'System > Capabilities > Audit > Enable, or Create capability > Audit',
    risk: 'The log takes space on the disk of the server.',
    undo: 'Disable the capability in the same place.',
    references: [page],
  },
  'pulls-logged': {
    instead:
      'The audit log has no downloads: ship log/request.log of the server, or the access log of the proxy before it, and keep it.',
    risk: 'Every request adds a line, with the name of the user in it.',
    undo: 'Stop shipping the file.',
    references: [page],
  },
} satisfies Record<Failable['logging'], Fix>;
