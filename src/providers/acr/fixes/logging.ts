import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const logging = {
  'audit-log-exported': {
    command:
      'az monitor diagnostic-settings create --name <setting> --resource <registry id> --workspace <workspace id> --logs \'[{"categoryGroup":"audit","enabled":true}]\'',
    terraform:
      'azurerm_monitor_diagnostic_setting: log_analytics_workspace_id, enabled_log { category_group = "audit" }',
    console:
      'Container registries > <registry> > Monitoring > Diagnostic settings > Add diagnostic setting',
    risk: 'The workspace charges for every ingested and retained event.',
    undo: 'az monitor diagnostic-settings delete --name <setting> --resource <registry id>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/monitor-container-registry',
    ],
  },
  'audit-log-kept': {
    command:
      'az monitor log-analytics workspace update --resource-group <group> --workspace-name <workspace> --retention-time 365',
    terraform: 'azurerm_log_analytics_workspace: retention_in_days = 365',
    console: 'Log Analytics workspaces > <workspace> > Usage and estimated costs > Data Retention',
    risk: 'Longer retention costs more, for every table of the workspace with the default retention.',
    undo: 'The same command with the previous number of days; older events are then deleted.',
    references: [
      'https://learn.microsoft.com/en-us/azure/azure-monitor/logs/data-retention-configure',
    ],
  },
  'audit-log-on': {
    command: [
      'az monitor diagnostic-settings create --name <setting> --resource <registry id> --workspace <workspace id> --logs \'[{"categoryGroup":"audit","enabled":true}]\'',
      'az monitor diagnostic-settings subscription create --name <setting> --location <location> --workspace <workspace id> --logs \'[{"category":"Administrative","enabled":true}]\'',
    ].join('\n'),
    terraform:
      'azurerm_monitor_diagnostic_setting: one for the registry (enabled_log { category_group = "audit" }), one for the subscription (enabled_log { category = "Administrative" })',
    console:
      'Container registries > <registry> > Monitoring > Diagnostic settings; and Monitor > Activity log > Export Activity Logs',
    risk: 'The workspace charges for every ingested and retained event.',
    undo: 'az monitor diagnostic-settings delete --name <setting> --resource <registry id>, and az monitor diagnostic-settings subscription delete --name <setting>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/monitor-container-registry',
    ],
  },
  'pulls-logged': {
    command:
      'az monitor diagnostic-settings create --name <setting> --resource <registry id> --workspace <workspace id> --logs \'[{"category":"ContainerRegistryRepositoryEvents","enabled":true},{"category":"ContainerRegistryLoginEvents","enabled":true}]\'',
    terraform:
      'azurerm_monitor_diagnostic_setting: enabled_log { category = "ContainerRegistryRepositoryEvents" }, enabled_log { category = "ContainerRegistryLoginEvents" }',
    console:
      'Container registries > <registry> > Monitoring > Diagnostic settings > Add diagnostic setting',
    risk: 'A busy registry logs many pulls, and the workspace charges for every event.',
    undo: 'az monitor diagnostic-settings delete --name <setting> --resource <registry id>',
    references: [
      'https://learn.microsoft.com/en-us/azure/container-registry/monitor-container-registry',
    ],
  },
} satisfies Record<Failable['logging'], Fix>;
