import { DecodeError, groupsOf } from '../../../decode/fields.ts';

const secondsIn = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
type Unit = keyof typeof secondsIn;

/** Seconds of a duration as Quay writes it: `30d`, `2w` (util/timedeltastring.py). */
export function secondsOf(text: string): number {
  const [amount, unit] = groupsOf(/^(\d{1,6})([smhdw])$/, text);
  if (amount === undefined || unit === undefined) {
    throw new DecodeError(`"${text.slice(0, 30)}" is no duration`);
  }
  return Number(amount) * secondsIn[unit as Unit];
}

/** Whole days of a duration. */
export function daysOf(text: string): number {
  return Math.floor(secondsOf(text) / secondsIn.d);
}
