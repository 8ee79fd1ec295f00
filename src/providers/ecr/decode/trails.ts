import {
  booleanAt,
  enumAt,
  type JsonObject,
  maybeBoolean,
  maybeObjects,
  maybeString,
  maybeStrings,
  numberAt,
  objectOf,
  objectsAt,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';

/** What one recorder of CloudTrail holds of ECR's events in a region. */
export interface Recorder {
  readonly name: string;
  readonly kind: 'trail' | 'event data store';
  readonly records: { readonly write: boolean; readonly read: boolean };
  readonly on: boolean;
  readonly destinations: readonly Destination[];
  /** Days an event data store keeps; null: a trail, whose bucket decides. */
  readonly days: number | null;
  readonly protected: boolean;
}

/** Where the events of a recorder go. */
export interface Destination {
  readonly kind: 'bucket' | 'log group' | 'event data store';
  readonly address: string;
  /** Why events do not arrive; empty: they do. */
  readonly trouble: string;
}

export interface Trail {
  readonly arn: string;
  readonly name: string;
  readonly home: string;
  readonly covers: boolean;
  readonly bucket: string;
  /** Null: none. */
  readonly logGroup: string | null;
}

/** One entry of DescribeTrails (with shadow trails), as seen from `region`. */
export function trail(raw: JsonObject, region: string): Trail {
  const home = stringAt(raw, 'HomeRegion');
  return {
    arn: stringAt(raw, 'TrailARN'),
    name: stringAt(raw, 'Name'),
    home,
    covers: home === region || booleanAt(raw, 'IsMultiRegionTrail'),
    bucket: stringAt(raw, 'S3BucketName'),
    logGroup: maybeString(raw, 'CloudWatchLogsLogGroupArn'),
  };
}

export interface TrailStatus {
  readonly on: boolean;
  /** Why events do not arrive in the bucket; empty: they do. */
  readonly bucketTrouble: string;
  /** The same for the log group. */
  readonly logGroupTrouble: string;
}

/** GetTrailStatus. The errors are those of the latest delivery, absent where it succeeded. */
export function trailStatus(raw: unknown): TrailStatus {
  const status = objectOf(raw, 'the answer');
  const errorAt = (key: string) => {
    const error = status[key] === '' ? null : maybeString(status, key);
    return error === null ? '' : error;
  };
  return {
    on: booleanAt(status, 'IsLogging'),
    bucketTrouble: errorAt('LatestDeliveryError'),
    logGroupTrouble: errorAt('LatestCloudWatchLogsDeliveryError'),
  };
}

/** GetEventSelectors: which of ECR's events, all of them management events, the trail keeps. */
export function selectedEvents(raw: unknown): { write: boolean; read: boolean } {
  const answer = objectOf(raw, 'the answer');
  const advanced = maybeObjects(answer, 'AdvancedEventSelectors');
  if (advanced.length > 0) return advancedEvents(advanced);
  const basic = objectsAt(answer, 'EventSelectors').filter((selector) => {
    const included = booleanAt(selector, 'IncludeManagementEvents');
    return (
      included &&
      !maybeStrings(selector, 'ExcludeManagementEventSources').includes('ecr.amazonaws.com')
    );
  });
  const types = basic.map((selector) =>
    enumAt(selector, 'ReadWriteType', ['All', 'ReadOnly', 'WriteOnly']),
  );
  return {
    write: types.some((type) => type !== 'ReadOnly'),
    read: types.some((type) => type !== 'WriteOnly'),
  };
}

/**
 * Advanced selectors, also those of event data stores: all field selectors of one must hold. A field
 * that narrows in a way not understood here lets the selector count for nothing.
 */
export function advancedEvents(selectors: readonly JsonObject[]): {
  write: boolean;
  read: boolean;
} {
  const events = selectors.map(advancedSelector);
  return { write: events.some(({ write }) => write), read: events.some(({ read }) => read) };
}

function advancedSelector(selector: JsonObject): { write: boolean; read: boolean } {
  const nothing = { write: false, read: false };
  let events = { write: true, read: true };
  let management = false;
  for (const field of objectsAt(selector, 'FieldSelectors')) {
    const equal = maybeStrings(field, 'Equals');
    const plain = onlyKeys(field, ['Field', 'Equals']);
    switch (stringAt(field, 'Field')) {
      case 'eventCategory':
        management = plain && equal.includes('Management');
        break;
      case 'readOnly':
        if (!plain) return nothing;
        events = { write: equal.includes('false'), read: equal.includes('true') };
        break;
      case 'eventSource':
        if (!coversEcr(field)) return nothing;
        break;
      default:
        return nothing;
    }
  }
  return management ? events : nothing;
}

function coversEcr(field: JsonObject): boolean {
  if (onlyKeys(field, ['Field', 'Equals']))
    return stringsAt(field, 'Equals').includes('ecr.amazonaws.com');
  if (onlyKeys(field, ['Field', 'NotEquals']))
    return !stringsAt(field, 'NotEquals').includes('ecr.amazonaws.com');
  return false;
}

/** Whether nothing but these keys holds anything. */
function onlyKeys(field: JsonObject, keys: readonly string[]): boolean {
  return Object.entries(field).every(
    ([key, value]) =>
      keys.includes(key) ||
      value === undefined ||
      value === null ||
      (Array.isArray(value) && value.length === 0),
  );
}

/** GetEventDataStore as a recorder of this region. */
export function eventDataStore(raw: unknown, region: string): Recorder {
  const store = objectOf(raw, 'the answer');
  const arn = stringAt(store, 'EventDataStoreArn');
  const status = enumAt(store, 'Status', [
    'CREATED',
    'ENABLED',
    'PENDING_DELETION',
    'STARTING_INGESTION',
    'STOPPING_INGESTION',
    'STOPPED_INGESTION',
  ]);
  const here = arn.split(':')[3] === region || booleanAt(store, 'MultiRegionEnabled');
  return {
    name: stringAt(store, 'Name'),
    kind: 'event data store',
    records: here
      ? advancedEvents(maybeObjects(store, 'AdvancedEventSelectors'))
      : { write: false, read: false },
    on: status === 'ENABLED',
    destinations: [{ kind: 'event data store', address: arn, trouble: '' }],
    days: numberAt(store, 'RetentionPeriod'),
    protected: maybeBoolean(store, 'TerminationProtectionEnabled') === true,
  };
}
