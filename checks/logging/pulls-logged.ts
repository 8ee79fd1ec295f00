import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const pullsLogged = defineCheck({
  id: 'pulls-logged',
  subject: 'registry',
  severity: 'low',
  title: 'Pulls are logged',
  why: 'After a bad image or a leaked credential the first question is who pulled what, and only this record answers it.',
  answers: ['B6'],
  topics: ['audit-logging'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html',
  ],
  fix: {
    ecr: {
      risk: 'Replaces all event selectors of the trail; read events cost storage and, in a second trail, money.',
      undo: 'Put the selectors back that aws cloudtrail get-event-selectors showed before.',
      command:
        'aws cloudtrail put-event-selectors --trail-name <trail> --event-selectors \'[{"ReadWriteType":"All","IncludeManagementEvents":true}]\' # replaces all selectors of the trail',
      terraform:
        'aws_cloudtrail: event_selector { read_write_type = "All", include_management_events = true }',
      console: 'CloudTrail > Trails > (trail) > Management events > Edit: Read and Write',
    },
    'artifact-registry': {
      command: [
        'gcloud projects get-iam-policy <project> --format=json > policy.json',
        '# add to policy.json: "auditConfigs": [{"service": "artifactregistry.googleapis.com", "auditLogConfigs": [{"logType": "DATA_READ"}]}]',
        'gcloud projects set-iam-policy <project> policy.json',
      ].join('\n'),
      terraform:
        'google_project_iam_audit_config: service = "artifactregistry.googleapis.com", audit_log_config { log_type = "DATA_READ" } without exempted_members',
      console:
        'Google Cloud console > IAM & Admin > Audit Logs > Artifact Registry API > Data Read',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"disabled_audit_log_event_types":""}\' https://<host>/api/v2.0/configurations',
      instead:
        'PULL_AUDIT_LOG_DISABLE in the environment of core leaves pulls out too, and cannot be read: that they are recorded shows in the record of a pull of the last week.',
      terraform: 'harbor_config_system: disabled_audit_log_event_types without pull_artifact',
      console: 'Administration > Configuration > System Settings > Disabled Audit Log Event Types',
    },
    'docker-hub': {
      instead: 'pulls are not logged: pull through a cache of your own that logs them',
    },
    acr: {
      command:
        'az monitor diagnostic-settings create --name <setting> --resource <registry id> --workspace <workspace id> --logs \'[{"category":"ContainerRegistryRepositoryEvents","enabled":true},{"category":"ContainerRegistryLoginEvents","enabled":true}]\'',
      terraform:
        'azurerm_monitor_diagnostic_setting: enabled_log { category = "ContainerRegistryRepositoryEvents" }, enabled_log { category = "ContainerRegistryLoginEvents" }',
      console:
        'Container registries > <registry> > Monitoring > Diagnostic settings > Add diagnostic setting',
    },
  },
  needs: ['auditLog'],

  judge({ auditLog }) {
    switch (auditLog.mode) {
      case 'on':
        return auditLog.pull
          ? pass(`pulls are logged by ${enumerate(auditLog.by)}`)
          : fail(`pulls are not logged${because(auditLog.gaps)}`);
      case 'off':
        return fail(`nothing is logged: ${auditLog.why}`);
    }
  },
});

function because(gaps: readonly string[] = []): string {
  return gaps.length === 0 ? '' : `, or not all of them: ${enumerate([...gaps])}`;
}
