const longestMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether there is a date on which a cron with seconds is due: 31 February never comes. */
export function everRuns(cron: string): boolean {
  const [, , , day = '*', month = '*', weekday = '*'] = cron.trim().split(/\s+/);
  const days = numbersOf(day);
  const months = numbersOf(month);
  // With a day of the week, either of them is enough (robfig/cron).
  if (days === null || months === null || !/^[*?]/.test(weekday)) return true;
  return longestMonth.some(
    (longest, index) => months.includes(index + 1) && days.some((number) => number <= longest),
  );
}

/** The numbers of a list such as `30,31`; null: another form. */
function numbersOf(field: string): readonly number[] | null {
  return /^\d{1,2}(?:,\d{1,2})*$/.test(field) ? field.split(',').map(Number) : null;
}
