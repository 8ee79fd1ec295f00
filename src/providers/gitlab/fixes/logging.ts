import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';
const reference = [`${docs}/user/compliance/audit_events/`];
const proxy =
  "GitLab has no audit event for a push or pull of an image: on an instance of one's own send the notifications of the registry, or the log of its proxy, to the log of the organization.";

export const logging = {
  'audit-log-exported': {
    console: 'Group > Secure > Audit events > Streams > Add streaming destination',
    instead:
      'Add a destination without filters to the outermost group (Ultimate), over https, and switch it on.',
    risk: 'Events hold names and addresses: keep the way to the destination in your own network.',
    undo: 'Switch the destination off in the same place.',
    references: [`${docs}/user/compliance/audit_event_streaming/`],
  },
  'audit-log-on': {
    instead: `Audit events of the group come with Premium. ${proxy}`,
    risk: 'Every push adds a record.',
    undo: 'Take the notifications out of the configuration of the registry.',
    references: reference,
  },
  'pulls-logged': {
    instead: proxy,
    risk: 'Every pull adds a record.',
    undo: 'Take the notifications out of the configuration of the registry.',
    references: reference,
  },
} satisfies Record<Failable['logging'], Fix>;
