import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const streaming =
  'https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise';
const log =
  'https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/reviewing-the-audit-log-for-your-organization';
const stream = {
  console: 'GitHub > (enterprise) > Settings > Audit log > Log streaming > Configure stream',
  instead: 'streaming needs GitHub Enterprise Cloud; below it, export the audit log by hand',
  risk: 'The events of the whole enterprise go to the target, names and addresses of people among them.',
  undo: 'Pause or delete the stream in the same place.',
  references: [streaming],
};

export const logging = {
  'audit-log-exported': stream,
  'audit-log-kept': stream,
  'audit-log-on': {
    instead:
      'an account of a person has no audit log: move the packages to an organization, which has one on every plan',
    risk: 'The names of the images change with their owner.',
    undo: 'Publish under the old name again.',
    references: [log],
  },
  'pulls-logged': {
    instead:
      'GitHub records no pull of an image: pull through a registry of your own that does, or log pulls at the nodes of the cluster',
    risk: 'A registry in between has to be kept up to date.',
    undo: 'Pull from ghcr.io again.',
    references: [log],
  },
} satisfies Record<Failable['logging'], Fix>;
