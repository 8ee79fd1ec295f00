import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';
const geo = `${docs}/administration/geo/replication/container_registry/`;

export const storage = {
  replicated: {
    instead:
      "set up a secondary site of Geo (Premium), with geo_registry_replication_enabled in its gitlab.rb and notifications of the registry at the primary one; GitLab.com has copies for GitLab's own disaster recovery alone",
    risk: 'The registry of the secondary site takes pushes that no other site gets: keep clients away from it.',
    undo: 'Set geo_registry_replication_enabled to false and run gitlab-ctl reconfigure.',
    references: [geo],
  },
  'replication-targets-trusted': {
    command: 'glab api --method DELETE geo_sites/<site id>',
    console: 'Admin > Geo > Sites > (site) > Remove',
    risk: 'The site keeps what it has copied and is no longer there for a disaster.',
    undo: 'Add the site again in the same place; it copies everything anew.',
    references: [`${docs}/api/geo_sites/`],
  },
} satisfies Record<Failable['storage'], Fix>;
