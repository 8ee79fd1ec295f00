import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const logging = {
  'audit-log-exported': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"audit_log_forward_endpoint":"<syslog host>:<port>"}\' https://<host>/api/v2.0/configurations',
    terraform: 'harbor_config_system: audit_log_forward_endpoint = "<syslog host>:<port>"',
    console: 'Administration > Configuration > System Settings > Audit Log Forward Endpoint',
    risk: 'Harbor sends the log as plain syslog, with names and addresses in it: keep the way to the endpoint in your own network.',
    undo: 'The same command with the former endpoint, or an empty one.',
    references: ['https://goharbor.io/docs/2.13.0/administration/log-rotation/'],
  },
  'audit-log-kept': {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"schedule":{"type":"Daily","cron":"0 0 0 * * *"},"parameters":{"audit_retention_hour":9600,"dry_run":false,"include_event_types":"create_artifact,delete_artifact,pull_artifact,other"}}\' https://<host>/api/v2.0/system/purgeaudit/schedule # PUT where there is one; and forward the log, so that switching it off is seen',
    terraform:
      'harbor_purge_audit_log: schedule = "Daily", audit_retention_hour = 9600; harbor_config_system: audit_log_forward_endpoint',
    console: 'Administration > Clean Up > Log Rotation > Keep records in',
    risk: 'A log that is kept longer takes more of the database.',
    undo: 'PUT the schedule back that GET of the same address showed before; purged records cannot be brought back.',
    references: ['https://goharbor.io/docs/2.13.0/administration/log-rotation/'],
  },
  'audit-log-on': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"skip_audit_log_database":false,"disabled_audit_log_event_types":""}\' https://<host>/api/v2.0/configurations',
    terraform:
      'harbor_config_system: skip_audit_log_database = false, disabled_audit_log_event_types = ""',
    console:
      'Administration > Configuration > System Settings > Skip Audit Log Database and Disabled Audit Log Event Types',
    instead:
      'Releases before 2.16 record neither members nor settings of projects: upgrade, or log requests to /api/ at the proxy before Harbor.',
    risk: 'The log takes space in the database until it is purged.',
    undo: 'PUT the values back that GET of the same address showed before.',
    references: ['https://goharbor.io/docs/2.13.0/administration/log-rotation/'],
  },
  'pulls-logged': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"disabled_audit_log_event_types":""}\' https://<host>/api/v2.0/configurations',
    terraform: 'harbor_config_system: disabled_audit_log_event_types without pull_artifact',
    console: 'Administration > Configuration > System Settings > Disabled Audit Log Event Types',
    instead:
      'PULL_AUDIT_LOG_DISABLE in the environment of core leaves pulls out too, and cannot be read: that they are recorded shows in the record of a pull of the last week.',
    risk: 'Every pull adds a record to the database.',
    undo: 'The same command with the list that GET of the same address showed before.',
    references: ['https://goharbor.io/docs/2.13.0/administration/log-rotation/'],
  },
} satisfies Record<Failable['logging'], Fix>;
