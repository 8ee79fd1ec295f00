/** A UTC date as `2027-01-31`. Dates in this form sort chronologically. */
export type Day = string;

/** The UTC date of an instant (ISO 8601). */
export function dayOf(instant: string | Date): Day {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Whether the text is an existing date as `2027-01-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(new Date(time)) === text;
}

/** The same date a year later; for 29 February: 28 February. */
export function yearAfter(day: Day): Day {
  const next = `${String(Number(day.slice(0, 4)) + 1).padStart(4, '0')}${day.slice(4)}`;
  return isDay(next) ? next : next.replace(/29$/, '28');
}
