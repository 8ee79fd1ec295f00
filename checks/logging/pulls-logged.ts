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
    acr: {
      command:
        'az monitor diagnostic-settings create --name <name> --resource <registry id> --workspace <workspace id> --logs \'[{"category":"ContainerRegistryRepositoryEvents","enabled":true},{"category":"ContainerRegistryLoginEvents","enabled":true}]\'',
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
          : fail('pulls are not logged');
      case 'off':
        return fail(`nothing is logged: ${auditLog.why}`);
    }
  },
});
