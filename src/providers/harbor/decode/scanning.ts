import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  maybeBoolean,
  maybeObject,
  maybeObjects,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** The scanner that is in charge of a project, its own or the instance's. */
export interface Scanner {
  readonly name: string;
  /** Why it scans nothing at the moment; empty: it works. */
  readonly trouble: string;
  /** Whether Harbor reaches it. */
  readonly responds: boolean;
}

/** GetScannerOfProject. Null, an empty body: there is no scanner at all. */
export function scanner(raw: unknown): Scanner | null {
  if (raw === null) return null;
  const entry = objectOf(raw, 'the answer');
  const name = stringAt(entry, 'name');
  const responds = enumAt(entry, 'health', ['healthy', 'unhealthy']) === 'healthy';
  if (booleanAt(entry, 'disabled'))
    return { name, trouble: `the scanner ${name} is disabled`, responds };
  if (!responds) return { name, trouble: `the scanner ${name} does not answer`, responds };
  const capabilities = maybeObject(entry, 'capabilities');
  // What it cannot is left out (src/pkg/scan/rest/v1, ConvertCapability); old releases send none at all.
  if (capabilities !== null && maybeBoolean(capabilities, 'support_vulnerability') !== true) {
    return { name, trouble: `the scanner ${name} does not look for vulnerabilities`, responds };
  }
  return { name, trouble: '', responds };
}

/** A list of vulnerabilities that are let through, all until the same time. */
export interface Allowlist {
  readonly names: readonly string[];
  /** ISO 8601; null: for ever. */
  readonly until: string | null;
}

/** Of getSystemCVEAllowlist or a project. `expires_at`, in seconds since 1970, is absent for "never". */
export function allowlist(raw: unknown): Allowlist {
  const list = objectOf(raw, 'the list of vulnerabilities to let through');
  return {
    // The key is always there; a list without entries is also sent as null.
    names: items(list).map((item) => stringAt(item, 'cve_id')),
    until: endOf(list),
  };
}

function items(list: JsonObject): readonly JsonObject[] {
  if (list['items'] === undefined) throw new DecodeError('items is missing, expected a list');
  return maybeObjects(list, 'items');
}

function endOf({ expires_at: seconds }: JsonObject): string | null {
  if (seconds === undefined || seconds === null) return null;
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new Error('expires_at is no date');
  return date.toISOString();
}
