import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://distribution.github.io/distribution';
const restart = 'Clients without credentials are refused from the restart on; sign them in first.';

const login = {
  command:
    "htpasswd -Bbn <user> <password> >/etc/docker/registry/htpasswd && printf 'auth:\\n  htpasswd:\\n    realm: registry\\n    path: /etc/docker/registry/htpasswd\\n' >>/etc/docker/registry/config.yml && systemctl restart docker-registry",
  instead:
    'Each user of an htpasswd file has all rights: a token service (auth.token) can give some people the right to pull alone. In zot: http.auth, and no anonymousPolicy in accessControl.',
  risk: restart,
  undo: 'Remove the section auth from the configuration and restart.',
  references: [`${docs}/about/configuration/#auth`, `${docs}/about/deploying/#restricting-access`],
} satisfies Fix;

const rules = {
  instead:
    'Take the right out of the rules for strangers at the token service (auth.token.realm), or the anonymousPolicy out of accessControl in zot; CNCF Distribution without authentication needs a section auth.',
  risk: restart,
  undo: 'Give the right back in the same rules.',
  references: [`${docs}/spec/auth/token/`, 'https://zotregistry.dev/latest/articles/authn-authz/'],
} satisfies Fix;

export const access = {
  'anonymous-catalog-off': rules,
  'anonymous-pull-off': rules,
  'anonymous-push-off': login,
  'central-identity-on': {
    instead:
      'Replace auth.htpasswd by auth.token with a token service that signs people in through the directory, or put a product before the registry that does.',
    risk: 'Users of the htpasswd file need new credentials.',
    undo: 'Put the section auth.htpasswd back and restart.',
    references: [`${docs}/about/configuration/#token`],
  },
  'cross-account-limited': rules,
  'project-creation-limited': {
    instead:
      'With auth.token let the token service give push on existing names alone; with auth.htpasswd every user can push to any name.',
    risk: 'Pipelines that push to new names fail until somebody gives them the right.',
    undo: 'Give the right back in the rules of the token service.',
    references: [`${docs}/spec/auth/scope/`],
  },
  'push-limited-to-ci': {
    instead:
      'With auth.token let the token service give push to pipelines alone; an htpasswd file cannot: serve people from a second process with storage.maintenance.readonly.enabled: true on the same storage.',
    risk: 'People can no longer push.',
    undo: 'Give the right back, or let people use the first process again.',
    references: [`${docs}/about/configuration/#maintenance`, `${docs}/spec/auth/scope/`],
  },
} satisfies Record<Failable['access'], Fix>;
