import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';
const reference = [`${docs}/user/packages/container_registry/reduce_container_registry_storage/`];
const place =
  'Project > Settings > Packages and registries > Container registry > Cleanup policies';

export const retention = {
  'deletion-recoverable': {
    console:
      'Project > Settings > Packages and registries > Container registry > Protected container image tags > Add protection rule > Immutable',
    instead:
      'GitLab brings no image back: make the tags that must stay immutable, or copy them to a registry elsewhere.',
    risk: 'Neither an immutable tag nor its repository can be deleted.',
    undo: 'Delete the rule in the same place, as an owner.',
    references: [`${docs}/user/packages/container_registry/immutable_container_tags/`],
  },
  'retention-configured': {
    command:
      'glab api --method PUT projects/<project> --input policy.json # {"container_expiration_policy_attributes":{"enabled":true,"cadence":"7d","keep_n":25,"older_than":"90d","name_regex_delete":".*","name_regex_keep":"^v.*|^sha256-.*"}}',
    terraform: 'gitlab_project: container_expiration_policy { enabled = true, … }',
    console: place,
    risk: 'Tags that match are removed and cannot be brought back: name in name_regex_keep what is deployed, and signatures.',
    undo: 'The same command with "enabled":false; removed tags stay away.',
    references: reference,
  },
  'retention-spares-production': {
    command:
      'glab api --method PUT projects/<project> --input policy.json # {"container_expiration_policy_attributes":{"name_regex_keep":"<tags of production>|sha256-.*"}}',
    terraform: 'gitlab_project: container_expiration_policy { name_regex_keep = "…" }',
    console: `${place} > Keep tags matching`,
    risk: 'What is kept takes space.',
    undo: 'The same command with the former expression.',
    references: reference,
  },
  'untagged-expire': {
    instead:
      "On an instance of one's own move the registry to its metadata database, which collects garbage by itself, or schedule gitlab-ctl registry-garbage-collect -m.",
    risk: 'Garbage collection by hand makes the registry read-only while it runs, and images that are deployed by digest alone go.',
    undo: 'Take the schedule away; removed images cannot be brought back.',
    references: [`${docs}/administration/packages/container_registry_metadata_database/`],
  },
} satisfies Record<Failable['retention'], Fix>;
