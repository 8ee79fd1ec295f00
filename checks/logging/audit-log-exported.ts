import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RegistryFacts } from '../../src/model/registry.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const auditLogExported = defineCheck({
  id: 'audit-log-exported',
  subject: 'registry',
  severity: 'high',
  title: 'The audit log is sent to a SIEM or log store',
  why: 'A log that stays with the registry can be deleted by whoever takes the registry over, and nobody watches it.',
  answers: ['C6'],
  topics: ['audit-logs-exported-to-siem', 'audit-logging'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/92/final',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html',
  ],
  fix: {
    ecr: {
      risk: 'Events go to the new place alone from now on; a bucket or role that refuses them loses them.',
      undo: 'aws cloudtrail update-trail with what aws cloudtrail get-trail showed before.',
      command:
        'aws cloudtrail update-trail --name <trail> --s3-bucket-name <bucket of the log archive account> --cloud-watch-logs-log-group-arn <log group> --cloud-watch-logs-role-arn <role>',
      terraform:
        'aws_cloudtrail: s3_bucket_name, cloud_watch_logs_group_arn and cloud_watch_logs_role_arn',
      console: 'CloudTrail > Trails > (trail) > General details > Edit; CloudWatch Logs > Edit',
    },
    'artifact-registry': {
      command:
        'gcloud logging sinks create <sink> storage.googleapis.com/<bucket> --organization=<organization> --include-children --log-filter=\'logName:"cloudaudit.googleapis.com"\' # then grant its writer identity access to the bucket',
      terraform:
        'google_logging_organization_sink: include_children = true, filter = "logName:\\"cloudaudit.googleapis.com\\""',
      console: 'Google Cloud console > Logging > Log router > Create sink',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"audit_log_forward_endpoint":"<syslog host>:<port>"}\' https://<host>/api/v2.0/configurations',
      terraform: 'harbor_config_system: audit_log_forward_endpoint = "<syslog host>:<port>"',
      console: 'Administration > Configuration > System Settings > Audit Log Forward Endpoint',
    },
    acr: {
      command:
        'az monitor diagnostic-settings create --name <setting> --resource <registry id> --workspace <workspace id> --logs \'[{"categoryGroup":"audit","enabled":true}]\'',
      terraform:
        'azurerm_monitor_diagnostic_setting: log_analytics_workspace_id, enabled_log { category_group = "audit" }',
      console:
        'Container registries > <registry> > Monitoring > Diagnostic settings > Add diagnostic setting',
    },
  },
  needs: ['auditExport'],

  judge({ auditExport }, { siemDestinations }) {
    const declared = siemDestinations.length > 0;
    const wanted = auditExport.filter(
      ({ destination }) => !declared || names(siemDestinations, destination),
    );
    const arriving = wanted.filter(({ delivers }) => delivers.mode === 'yes');
    if (arriving.length > 0) {
      return pass(
        `sent to ${enumerate(arriving.map(label))}${declared ? '' : '; expect.siemDestinations would tell whether that is the SIEM'}`,
      );
    }
    if (auditExport.length === 0) return fail('the audit log is sent nowhere');
    return wanted.length === 0
      ? fail(`sent to ${enumerate(auditExport.map(label))} alone, not to expect.siemDestinations`)
      : fail(`nothing arrives: ${enumerate(wanted.map(trouble))}`);
  },
});

type Export = ValueOf<RegistryFacts['auditExport']>[number];

/** People declare the name of a bucket; a platform may give its address. */
function names(siemDestinations: readonly string[], destination: string): boolean {
  const name = destination.replace(/^[a-z0-9]+:\/\//, '');
  return matchesAny(siemDestinations, destination) || matchesAny(siemDestinations, name);
}

function label({ kind, destination }: Export): string {
  return `${kind} ${destination}`;
}

function trouble(log: Export): string {
  switch (log.delivers.mode) {
    case 'yes':
      return label(log);
    case 'no':
      return `${label(log)} (${log.delivers.why})`;
  }
}
