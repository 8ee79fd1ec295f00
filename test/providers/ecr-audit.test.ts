import { describe, expect, test } from 'vitest';
import type { EstateRegion } from '../../src/demo/aws/estate.ts';
import type { Fault } from '../../src/demo/fault.ts';
import { scenario } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';

type Trails = NonNullable<EstateRegion['trails']>;

const everything = { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] };
const logGroup = 'arn:aws:logs:eu-west-1:123456789012:log-group:audit:*';

const trail = (status: object, more: object = {}): Trails[string] => ({
  trail: { S3BucketName: 'logs', ...more },
  status: { IsLogging: true, ...status },
  selectors: everything,
});

/** The verdicts on the audit log of a registry with these trails and no event data store. */
async function said(trails: Trails, faults: readonly Fault[] = []) {
  const good = await scenario('all-good');
  const here = { ...good.regions['eu-west-1'], trails, eventDataStores: {} };
  const { findings } = await scanEstate(
    { ...good, regions: { 'eu-west-1': here }, faults },
    { address: `${good.account}/eu-west-1` },
  );
  return (check: string) => {
    const found = findings.find((finding) => finding.check === check);
    return `${found?.verdict}: ${found?.message}`;
  };
}

describe('a trail', () => {
  test('whose files do not arrive logs nothing', async () => {
    const of = await said({ broken: trail({ LatestDeliveryError: 'NoSuchBucket' }) });
    expect(of('audit-log-on')).toMatch(/^fail: .*broken reports NoSuchBucket/);
    expect(of('pulls-logged')).toMatch(/^fail/);
    expect(of('audit-log-exported')).toMatch(/^fail: .*NoSuchBucket/);
  });

  test('whose files do not arrive logs to its log group', async () => {
    const error = { LatestDeliveryError: 'AccessDenied' };
    const of = await said({ half: trail(error, { CloudWatchLogsLogGroupArn: logGroup }) });
    expect(of('audit-log-on')).toMatch(/^pass/);
    expect(of('audit-log-exported')).toBe(
      `pass: exported to log group ${logGroup}; declare the SIEM in expect.siemDestinations`,
    );
  });

  test('exports nothing to a log group that refuses it', async () => {
    const error = { LatestCloudWatchLogsDeliveryError: 'AccessDenied' };
    const of = await said({ half: trail(error, { CloudWatchLogsLogGroupArn: logGroup }) });
    expect(of('audit-log-on')).toMatch(/^pass/);
    expect(of('audit-log-exported')).toMatch(/^pass: exported to bucket s3:\/\/logs;/);
  });

  test('that records everything decides beside one that cannot be read, and not without', async () => {
    const arn = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/other';
    const faults: Fault[] = [
      { kind: 'denied', operation: 'cloudtrail:GetEventSelectors', match: { TrailName: arn } },
    ];
    const both = await said({ good: trail({}), other: trail({}) }, faults);
    expect(both('audit-log-on')).toMatch(/^pass: .*trail good/);
    expect(both('audit-log-exported')).toMatch(/^unknown/);
    const stopped = trail({ IsLogging: false });
    const one = await said({ good: stopped, other: trail({}) }, faults);
    expect(one('audit-log-on')).toMatch(/^unknown/);
  });
});
