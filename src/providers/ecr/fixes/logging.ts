import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const logging = {
  'audit-log-exported': {
    command:
      'aws cloudtrail update-trail --name <trail> --s3-bucket-name <bucket of the log archive account> --cloud-watch-logs-log-group-arn <log group> --cloud-watch-logs-role-arn <role>',
    terraform:
      'aws_cloudtrail: s3_bucket_name, cloud_watch_logs_group_arn and cloud_watch_logs_role_arn',
    console: 'CloudTrail > Trails > (trail) > General details > Edit; CloudWatch Logs > Edit',
    risk: 'Events go only to the new destination; a bucket or role that rejects them loses them.',
    undo: 'aws cloudtrail update-trail with the settings saved with aws cloudtrail get-trail before the change.',
    references: [
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html',
    ],
  },
  'audit-log-kept': {
    command:
      'aws cloudtrail update-event-data-store --event-data-store <event data store> --retention-period 400 --termination-protection-enabled',
    terraform:
      'aws_cloudtrail_event_data_store: retention_period = 400, termination_protection_enabled = true',
    console: 'CloudTrail > Lake > Event data stores > (event data store) > Edit',
    risk: 'Storage costs more, and the store cannot be deleted while the protection is enabled.',
    undo: 'aws cloudtrail update-event-data-store with --no-termination-protection-enabled and the previous retention.',
    references: [
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html',
    ],
  },
  'audit-log-on': {
    command: [
      'aws cloudtrail create-trail --name <trail> --s3-bucket-name <bucket> --is-multi-region-trail --enable-log-file-validation',
      'aws cloudtrail start-logging --name <trail>',
    ].join('\n'),
    terraform:
      'aws_cloudtrail: is_multi_region_trail = true, enable_logging = true, enable_log_file_validation = true',
    console: 'CloudTrail > Trails > Create trail',
    risk: 'A second trail of the same events costs money, and so does the storage.',
    undo: 'aws cloudtrail delete-trail with the same name.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html',
    ],
  },
  'pulls-logged': {
    command:
      'aws cloudtrail put-event-selectors --trail-name <trail> --event-selectors \'[{"ReadWriteType":"All","IncludeManagementEvents":true}]\' # replaces all selectors of the trail',
    terraform:
      'aws_cloudtrail: event_selector { read_write_type = "All", include_management_events = true }',
    console: 'CloudTrail > Trails > (trail) > Management events > Edit: Read and Write',
    risk: 'Replaces all event selectors of the trail; read events cost storage and, in a second trail, money.',
    undo: 'Restore the selectors saved with aws cloudtrail get-event-selectors before the change.',
    references: [
      'https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html',
    ],
  },
} satisfies Record<Failable['logging'], Fix>;
