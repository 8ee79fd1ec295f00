import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';

export const network = {
  'public-endpoint-closed': {
    command:
      'glab api --method PUT groups/<group> -f ip_restriction_ranges=<ranges> # from Premium on',
    terraform: 'gitlab_group: ip_restriction_ranges = ["<range>"]',
    console:
      'Group > Settings > General > Permissions and group features > Restrict access by IP address',
    risk: 'Everything from other addresses is refused, hosted runners and clusters that pull among it.',
    undo: 'The same command with the former ranges, or an empty text.',
    references: [`${docs}/user/group/access_and_permissions/`],
  },
  'network-bypass-off': {
    command: "glab api --method PUT application/settings -f globally_allowed_ips=''",
    console:
      'Admin > Settings > General > Visibility and access controls > Globally-allowed IP ranges',
    risk: 'Groups with an IP restriction refuse those addresses, GitLab Pages of the instance among them where it calls from there.',
    undo: 'The same command with the former ranges.',
    references: [`${docs}/administration/settings/visibility_and_access_controls/`],
  },
  'tls-only': {
    instead:
      'Set registry_external_url and external_url to https:// in gitlab.rb with a certificate that clients trust, redirect or close port 80, leave TLS 1.0 and 1.1 out of nginx, and run gitlab-ctl reconfigure.',
    risk: 'Clients that know only plain HTTP or TLS 1.0 and 1.1 can no longer connect.',
    undo: 'Put the former gitlab.rb back and run gitlab-ctl reconfigure.',
    references: [`${docs}/administration/packages/container_registry/`],
  },
  'webhooks-use-tls': {
    command:
      'glab api --method PUT projects/<project>/hooks/<hook id> -f url=https://<address> -f enable_ssl_verification=true',
    terraform: 'gitlab_project_hook: url = "https://…", enable_ssl_verification = true',
    console: 'Project or group > Settings > Webhooks > Edit: URL and SSL verification',
    risk: 'Calls fail while GitLab does not trust the certificate of the receiver.',
    undo: 'The same command with the former address.',
    references: [`${docs}/user/project/integrations/webhooks/`],
  },
} satisfies Record<Failable['network'], Fix>;
