import {
  type JsonObject,
  maybeBoolean,
  maybeObjects,
  maybeString,
  numberAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** Where a log is routed to, of one level of the hierarchy. */
export interface Sink {
  readonly name: string;
  /** `projects/P`, `folders/F`, `organizations/O` */
  readonly level: string;
  readonly destination: string;
  /** What it takes, in the logging query language; empty: everything. */
  readonly filter: string;
  readonly exclusions: readonly string[];
  readonly disabled: boolean;
  readonly includesChildren: boolean;
  /** What it takes does not reach the sinks below it. */
  readonly intercepts: boolean;
}

/** An entry of `sinks.list` (logging v2, LogSink). Flags that are false are left out of JSON. */
export function sink(level: string): (raw: JsonObject) => Sink {
  return (raw) => ({
    name: stringAt(raw, 'name'),
    level,
    destination: stringAt(raw, 'destination'),
    filter: filterAt(raw, 'filter'),
    exclusions: maybeObjects(raw, 'exclusions')
      .filter((exclusion) => maybeBoolean(exclusion, 'disabled') !== true)
      .map((exclusion) => stringAt(exclusion, 'filter')),
    disabled: maybeBoolean(raw, 'disabled') === true,
    includesChildren: maybeBoolean(raw, 'includeChildren') === true,
    intercepts: maybeBoolean(raw, 'interceptChildren') === true,
  });
}

function filterAt(raw: JsonObject, key: string): string {
  const filter = raw[key] === '' ? null : maybeString(raw, key);
  return filter === null ? '' : filter.trim();
}

export interface LogBucket {
  /** `projects/P/locations/L/buckets/B` */
  readonly name: string;
  readonly days: number;
  readonly locked: boolean;
}

/** `buckets.list` of all locations: buckets that are being deleted keep nothing for long. */
export function logBuckets(entries: readonly JsonObject[]): readonly LogBucket[] {
  return entries
    .filter((entry) => stringAt(entry, 'lifecycleState') === 'ACTIVE')
    .map((entry) => ({
      name: stringAt(entry, 'name'),
      days: numberAt(entry, 'retentionDays'),
      locked: maybeBoolean(entry, 'locked') === true,
    }));
}

/**
 * `policies/gcp.restrictTLSVersion:getEffectivePolicy`: the oldest TLS version that is answered. Google's
 * APIs accept 1.0 and 1.1 until they are denied (Assured Workloads, restrict-tls-versions).
 */
export function oldestTls(raw: unknown): '1.0' | '1.1' | '1.2' {
  const answer = objectOf(raw, 'the policy');
  stringAt(answer, 'name');
  const spec = answer['spec'];
  const rules = spec === undefined ? [] : maybeObjects(objectOf(spec, 'spec'), 'rules');
  const denied = new Set(rules.flatMap(deniedVersions));
  if (!denied.has('TLS_VERSION_1')) return '1.0';
  return denied.has('TLS_VERSION_1_1') ? '1.2' : '1.1';
}

function deniedVersions(rule: JsonObject): readonly string[] {
  if (rule['condition'] !== undefined) throw new Error('a rule of the policy has a condition');
  const values = rule['values'];
  if (values === undefined) return [];
  const denied = objectOf(values, 'values')['deniedValues'];
  if (denied === undefined) return [];
  if (!Array.isArray(denied)) throw new Error('deniedValues is no list');
  return denied.map(String);
}
