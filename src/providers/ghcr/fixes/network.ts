import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'webhooks-use-tls': {
    command:
      'gh api -X PATCH orgs/<owner>/hooks/<hook id>/config -f url=https://<host>/<path> -f insecure_ssl=0',
    terraform:
      'github_organization_webhook: configuration { url = "https://…", insecure_ssl = false }',
    console:
      'GitHub > (organization or repository) > Settings > Webhooks > (webhook) > Payload URL, and Enable SSL verification',
    risk: 'Nothing is delivered where the target has no certificate that GitHub trusts.',
    undo: 'Set the old address in the same place.',
    references: [
      'https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks',
    ],
  },
} satisfies Record<Failable['network'], Fix>;
