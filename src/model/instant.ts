/** A value that should be an instant is none: whoever made the fact did not hold it to its form. */
export class NotAnInstant extends Error {
  override readonly name = 'NotAnInstant';
}

const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;
const day = 24 * 60 * 60 * 1000;

/**
 * Whole days from one instant to another; negative if `to` is earlier. Throws `NotAnInstant` for text that is not ISO
 * 8601: a comparison with NaN would silently be false.
 */
export function daysBetween(from: string, to: string): number {
  return Math.floor((milliseconds(to) - milliseconds(from)) / day);
}

/** Whether an instant is more than a day to come: with a clock that is wrong everything looks recent. */
export function isToCome(instant: string, now: string): boolean {
  return daysBetween(instant, now) < -1;
}

function milliseconds(instant: string): number {
  const parsed = iso.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(parsed))
    throw new NotAnInstant(`not an instant in ISO 8601: ${instant.slice(0, 60)}`);
  return parsed;
}
