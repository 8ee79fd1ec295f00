import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const auditLogKept = defineCheck({
  id: 'audit-log-kept',
  subject: 'registry',
  severity: 'low',
  title: 'The audit log is kept as long as required and cannot be switched off unseen',
  why: 'Break-ins are found after months, and the first thing that is switched off is the log.',
  answers: ['B6'],
  topics: ['audit-logging'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/92/final',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html',
  ],
  fix: {
    ecr: {
      risk: 'Storage costs more, and the store cannot be deleted while the protection is on.',
      undo: 'aws cloudtrail update-event-data-store with --no-termination-protection-enabled and the retention from before.',
      command:
        'aws cloudtrail update-event-data-store --event-data-store <event data store> --retention-period 400 --termination-protection-enabled',
      terraform:
        'aws_cloudtrail_event_data_store: retention_period = 400, termination_protection_enabled = true',
      console: 'CloudTrail > Lake > Event data stores > (event data store) > Edit',
    },
    'artifact-registry': {
      command:
        'gcloud logging buckets update _Default --location=global --project=<project> --retention-days=400',
      terraform: 'google_logging_project_bucket_config: retention_days = 400',
      console: 'Google Cloud console > Logging > Log storage > _Default > Edit bucket',
    },
    harbor: {
      command:
        'curl -u <administrator> -X POST -H \'Content-Type: application/json\' -d \'{"schedule":{"type":"Daily","cron":"0 0 0 * * *"},"parameters":{"audit_retention_hour":9600,"dry_run":false,"include_event_types":"create_artifact,delete_artifact,pull_artifact,other"}}\' https://<host>/api/v2.0/system/purgeaudit/schedule # PUT where there is one; and forward the log, so that switching it off is seen',
      terraform:
        'harbor_purge_audit_log: schedule = "Daily", audit_retention_hour = 9600; harbor_config_system: audit_log_forward_endpoint',
      console: 'Administration > Clean Up > Log Rotation > Keep records in',
    },
    'docker-hub': {
      instead:
        'fetch /v2/auditlogs/<namespace> at least once in 30 days and keep it where owners of the organization cannot change it',
    },
    acr: {
      command:
        'az monitor log-analytics workspace update --resource-group <group> --workspace-name <workspace> --retention-time 365',
      terraform: 'azurerm_log_analytics_workspace: retention_in_days = 365',
      console:
        'Log Analytics workspaces > <workspace> > Usage and estimated costs > Data Retention',
    },
  },
  needs: ['auditRetention'],

  judge({ auditRetention }, { logDays }) {
    const loose = !noticed[auditRetention.switchOff];
    const off = loose ? ', and can be switched off or deleted unseen' : '';
    switch (auditRetention.mode) {
      case 'days': {
        const says = `kept for ${auditRetention.days} days, expect.logDays being ${logDays}${off}`;
        return auditRetention.days < logDays || loose ? fail(says) : pass(says);
      }
      case 'forever':
        return loose ? fail(`kept for ever${off}`) : pass('kept for ever');
    }
  },
});

/** Whether nobody can switch the log off unseen. */
const noticed = { prevented: true, evident: true, possible: false } as const;
