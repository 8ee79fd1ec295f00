import type { Day } from '../model/day.ts';
import type { PlacedException } from '../model/exception.ts';
import type { PolicyNotice } from '../model/report.ts';
import { matches, overlap } from '../model/wildcard.ts';
import { hasExpired, type Used } from './exceptions.ts';
import { inWords, isOpen } from './scope.ts';

/** Which list an exception is in. */
export type ExceptionKind = 'waiver' | 'acceptance';

/** What can be said of exceptions without a scan: expired on a day, over-broad, overlapping. */
export function exceptionNotices(
  kind: ExceptionKind,
  list: readonly PlacedException[],
  today: Day,
): PolicyNotice[] {
  const metBefore = overlapFinder();
  return list.flatMap((exception) => {
    const named = nameOf(kind, exception);
    const broad = tooBroad(exception);
    const before = metBefore(exception);
    return [
      ...(hasExpired(exception, today)
        ? [notice('expired', exception, `${named} expired on ${exception.expires}`)]
        : []),
      ...(broad === null ? [] : [notice('over-broad', exception, `${named} ${broad}`)]),
      ...(before === undefined
        ? []
        : [notice('overlapping', exception, `${named} overlaps that of ${placeOf(before)}`)]),
    ];
  });
}

/** Exceptions that hold and covered nothing, of those whose whole scope was looked at. */
export function unusedNotices(
  kind: ExceptionKind,
  used: readonly Used[],
  today: Day,
  lookedAt: (exception: PlacedException) => boolean,
): PolicyNotice[] {
  return used
    .filter(({ covered, lapsed, unjudged }) => covered === 0 && lapsed === 0 && !unjudged)
    .filter(({ exception }) => !hasExpired(exception, today) && lookedAt(exception))
    .map(({ exception }) =>
      notice('unused', exception, `${nameOf(kind, exception)} covers nothing that was found`),
    );
}

function notice(
  kind: PolicyNotice['kind'],
  exception: PlacedException,
  message: string,
): PolicyNotice {
  const { check, registry = null, repository = null } = exception;
  return { kind, message, where: placeOf(exception), check, registry, repository };
}

function nameOf(kind: ExceptionKind, exception: PlacedException): string {
  const of = isOpen(exception.check) ? 'every check' : exception.check;
  const what = kind === 'waiver' ? 'the waiver' : 'the accepted unknown';
  return `${what} of ${of} for ${inWords(exception)}`;
}

function placeOf({ file, line }: PlacedException): string {
  return `${file}:${line}`;
}

/** Why an exception covers more than anybody can answer for; null: it does not. */
function tooBroad({ check, registry, repository }: PlacedException): string | null {
  if (isOpen(check)) return 'covers every check, also those to come';
  if (isOpen(registry) && isOpen(repository)) return 'covers every registry and repository';
  if (registry === undefined) return 'names no registry; write "*" if every one is meant';
  return null;
}

/** Out: finds, for one exception after the other, an earlier one that could cover the same. */
function overlapFinder(): (exception: PlacedException) => PlacedException | undefined {
  // Most exceptions name one repository, and can only meet those that name it too or have stars.
  const named = new Map<string, PlacedException[]>();
  const open: PlacedException[] = [];
  const all: PlacedException[] = [];
  return (exception) => {
    const { repository = '*' } = exception;
    const same = named.get(repository) ?? [];
    const before = repository.includes('*') ? all : [...same, ...open];
    const found = before.find((other) => meet(other, exception));
    if (repository.includes('*')) open.push(exception);
    else named.set(repository, [...same, exception]);
    all.push(exception);
    return found;
  };
}

function meet(a: PlacedException, b: PlacedException): boolean {
  return (
    shareText(a.repository ?? '*', b.repository ?? '*') &&
    shareText(a.check, b.check) &&
    shareText(a.registry ?? '*', b.registry ?? '*')
  );
}

/** Could one text match both? Walking both patterns at once is for two with stars alone. */
function shareText(a: string, b: string): boolean {
  if (a === b) return true;
  if (!a.includes('*')) return matches(b, a);
  return b.includes('*') ? overlap(a, b) : matches(a, b);
}
