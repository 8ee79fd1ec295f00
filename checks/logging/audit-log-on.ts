import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const auditLogOn = defineCheck({
  id: 'audit-log-on',
  subject: 'registry',
  severity: 'high',
  title: 'Administrative changes and pushes are logged',
  why: 'Without a record nobody can tell which image was replaced, when and by whom.',
  answers: ['B6', 'C6'],
  topics: ['audit-logging'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html',
  ],
  fix: {
    ecr: {
      risk: 'A second trail of the same events costs money, and so does the storage.',
      undo: 'aws cloudtrail delete-trail with the same name.',
      command: [
        'aws cloudtrail create-trail --name <trail> --s3-bucket-name <bucket> --is-multi-region-trail --enable-log-file-validation',
        'aws cloudtrail start-logging --name <trail>',
      ].join('\n'),
      terraform:
        'aws_cloudtrail: is_multi_region_trail = true, enable_logging = true, enable_log_file_validation = true',
      console: 'CloudTrail > Trails > Create trail',
    },
    'artifact-registry': {
      command: [
        'gcloud projects get-iam-policy <project> --format=json > policy.json',
        '# add to policy.json: "auditConfigs": [{"service": "artifactregistry.googleapis.com", "auditLogConfigs": [{"logType": "DATA_WRITE"}]}]',
        'gcloud projects set-iam-policy <project> policy.json',
      ].join('\n'),
      terraform:
        'google_project_iam_audit_config: service = "artifactregistry.googleapis.com", audit_log_config { log_type = "DATA_WRITE" } without exempted_members',
      console:
        'Google Cloud console > IAM & Admin > Audit Logs > Artifact Registry API > Data Write',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"skip_audit_log_database":false,"disabled_audit_log_event_types":""}\' https://<host>/api/v2.0/configurations',
      terraform:
        'harbor_config_system: skip_audit_log_database = false, disabled_audit_log_event_types = ""',
      console:
        'Administration > Configuration > System Settings > Skip Audit Log Database and Disabled Audit Log Event Types',
      instead:
        'Releases before 2.16 record neither members nor settings of projects: upgrade, or log requests to /api/ at the proxy before Harbor.',
    },
    'docker-hub': {
      risk: 'A subscription costs money.',
      undo: 'Cancel it.',
      console: 'Docker Home > Billing > Manage subscription: Team or Business',
      instead:
        'a log comes with a Team or Business subscription and cannot be switched off; move images of an account to an organization',
    },
    acr: {
      command: [
        'az monitor diagnostic-settings create --name <setting> --resource <registry id> --workspace <workspace id> --logs \'[{"categoryGroup":"audit","enabled":true}]\'',
        'az monitor diagnostic-settings subscription create --name <setting> --location <location> --workspace <workspace id> --logs \'[{"category":"Administrative","enabled":true}]\'',
      ].join('\n'),
      terraform:
        'azurerm_monitor_diagnostic_setting: one for the registry (enabled_log { category_group = "audit" }), one for the subscription (enabled_log { category = "Administrative" })',
      console:
        'Container registries > <registry> > Monitoring > Diagnostic settings; and Monitor > Activity log > Export Activity Logs',
    },
  },
  needs: ['auditLog'],

  judge({ auditLog }) {
    switch (auditLog.mode) {
      case 'on': {
        const missing = [
          ...(auditLog.administration ? [] : ['administrative changes']),
          ...(auditLog.push ? [] : ['pushes']),
        ];
        return missing.length === 0
          ? pass(`administrative changes and pushes are logged by ${enumerate(auditLog.by)}`)
          : fail(`${missing.join(' and ')} are not logged${because(auditLog.gaps)}`);
      }
      case 'off':
        return fail(`nothing is logged: ${auditLog.why}`);
    }
  },
});

function because(gaps: readonly string[] = []): string {
  return gaps.length === 0 ? '' : `, or not all of them: ${enumerate([...gaps])}`;
}
