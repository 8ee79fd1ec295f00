import {
  DecodeError,
  type JsonObject,
  maybeString,
  numberAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** A cleanup policy: an image is removed when every criterion that is set holds. */
export interface CleanupPolicy {
  readonly name: string;
  /** `docker`, `oci` …; `ALL_FORMATS` or `*`: any. */
  readonly format: string;
  /** Days since the last push; null: not asked. */
  readonly pushedDays: number | null;
  /** Days since the last pull; null: not asked. */
  readonly pulledDays: number | null;
  /** So many of the newest are left; null: not asked. */
  readonly retain: number | null;
  /** What else narrows it down; null: nothing. */
  readonly narrowedBy: string | null;
}

/** A policy of the list, whose criteria are in days. */
export function cleanupPolicy(raw: unknown): CleanupPolicy {
  const one = objectOf(raw, 'a cleanup policy');
  const regex = maybeString(one, 'criteriaAssetRegex');
  const releases = maybeString(one, 'criteriaReleaseType');
  return {
    name: stringAt(one, 'name'),
    format: stringAt(one, 'format'),
    pushedDays: daysAt(one, 'criteriaLastBlobUpdated'),
    pulledDays: daysAt(one, 'criteriaLastDownloaded'),
    retain: countAt(one, 'retain'),
    narrowedBy: regex === null ? releases : `the names that match ${regex}`,
  };
}

/** A missing key is an error, null means not set. */
function daysAt(one: JsonObject, key: string): number | null {
  if (one[key] === undefined) throw new DecodeError(`${key} is missing`);
  return countAt(one, key);
}

function countAt(one: JsonObject, key: string): number | null {
  if (one[key] === undefined || one[key] === null) return null;
  const count = numberAt(one, key);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new DecodeError(`${key} is not a count`);
}
