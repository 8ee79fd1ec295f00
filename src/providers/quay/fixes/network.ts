import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { curl, guides, setting } from './pages.ts';

export const network = {
  'tls-only': {
    ...setting('PREFERRED_URL_SCHEME: https, and EXTERNAL_TLS_TERMINATION or its own certificate'),
    risk: 'Clients that use http are turned away; those that do not trust the certificate too.',
    references: [guides.securing],
  },
  'webhooks-use-tls': {
    command: `${curl('DELETE')} https://<host>/api/v1/repository/<namespace>/<repository>/notification/<uuid> # and make it anew with https`,
    console: '(repository) > Settings > Events and Notifications',
    risk: 'Nothing is sent until the notification is there again.',
    undo: 'Make the notification anew with the former address.',
    references: [guides.using],
  },
} satisfies Record<Failable['network'], Fix>;
