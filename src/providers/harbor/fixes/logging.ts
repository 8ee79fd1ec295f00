import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const logging = {
  'audit-log-exported': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"audit_log_forward_endpoint":"<syslog host>:<port>"}\' https://<host>/api/v2.0/configurations',
    terraform: 'harbor_config_system: audit_log_forward_endpoint = "<syslog host>:<port>"',
    console: 'Administration > Configuration > System Settings > Audit Log Forward Endpoint',
    risk: 'Harbor sends the log as plain syslog, with names and addresses: keep the path to the endpoint in your own network.',
    undo: 'The same command with the previous endpoint, or an empty one.',
    references: ['https://goharbor.io/docs/2.13.0/administration/log-rotation/'],
  },
  'audit-log-kept': {
    command:
      'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"schedule":{"type":"Daily","cron":"0 0 0 * * *"},"parameters":{"audit_retention_hour":9600,"dry_run":false,"include_event_types":"create_artifact,delete_artifact,pull_artifact,other"}}\' https://<host>/api/v2.0/system/purgeaudit/schedule # PUT where there is one; and forward the log, so that switching it off is seen',
    terraform:
      'harbor_purge_audit_log: schedule = "Daily", audit_retention_hour = 9600; harbor_config_system: audit_log_forward_endpoint',
    console: 'Administration > Clean Up > Log Rotation > Keep records in',
    risk: 'Longer retention needs more space in the database.',
    undo: 'PUT the schedule saved with GET of the same URL before the change; purged entries cannot be restored.',
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
      'Releases before 2.16 log changes of neither members nor settings of projects: upgrade, or log requests to /api/ at the proxy in front of Harbor.',
    risk: 'The log takes space in the database until it is purged.',
    undo: 'PUT the values saved with GET of the same URL before the change.',
    references: ['https://goharbor.io/docs/2.13.0/administration/log-rotation/'],
  },
  'pulls-logged': {
    command:
      'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"disabled_audit_log_event_types":""}\' https://<host>/api/v2.0/configurations',
    terraform: 'harbor_config_system: disabled_audit_log_event_types without pull_artifact',
    console: 'Administration > Configuration > System Settings > Disabled Audit Log Event Types',
    instead:
      'PULL_AUDIT_LOG_DISABLE in the environment of core also disables logging of pulls, and cannot be read: only a log entry of a pull in the last week proves that pulls are logged.',
    risk: 'Every pull adds an entry to the database.',
    undo: 'The same command with the list saved with GET of the same URL before the change.',
    references: ['https://goharbor.io/docs/2.13.0/administration/log-rotation/'],
  },
} satisfies Record<Failable['logging'], Fix>;
