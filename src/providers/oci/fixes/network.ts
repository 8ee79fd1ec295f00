import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const network = {
  'tls-only': {
    command:
      "printf '  tls:\\n    certificate: <certificate.pem>\\n    key: <key.pem>\\n    minimumtls: tls1.2\\n' # goes under http: in /etc/docker/registry/config.yml",
    instead:
      'Behind a proxy, serve TLS there, redirect http to https, and let auth.token.realm begin with https://.',
    risk: 'Clients that use http, or do not trust the certificate, fail.',
    undo: 'Remove the lines and restart.',
    references: ['https://distribution.github.io/distribution/about/configuration/#tls'],
  },
} satisfies Record<Failable['network'], Fix>;
