import type { Day } from '../model/day.ts';
import type { PlacedException } from '../model/exception.ts';
import type { PolicyNotice } from '../model/report.ts';
import { matches, overlap } from '../model/wildcard.ts';
import { hasExpired, type Used } from './exceptions.ts';
import { describeScope, isOpen } from './scope.ts';

/** Which list an exception is in. */
export type ExceptionKind = 'waiver' | 'acceptance';

/** Notices that need no scan: exceptions that expired by `today`, are over-broad or overlap. */
export function exceptionNotices(
  kind: ExceptionKind,
  list: readonly PlacedException[],
  today: Day,
): PolicyNotice[] {
  const metBefore = overlapFinder();
  return list.flatMap((exception) => {
    const name = describeException(kind, exception);
    const broad = tooBroad(exception);
    const before = metBefore(exception);
    return [
      ...(hasExpired(exception, today)
        ? [notice('expired', exception, `${name} expired on ${exception.expires}`)]
        : []),
      ...(broad === null ? [] : [notice('over-broad', exception, `${name} ${broad}`)]),
      ...(before === undefined
        ? []
        : [notice('overlapping', exception, `${name} overlaps the one in ${placeOf(before)}`)]),
    ];
  });
}

/** Notices about valid exceptions that match no finding although their whole scope was scanned. */
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
      notice('unused', exception, `${describeException(kind, exception)} matches no finding`),
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

function describeException(kind: ExceptionKind, exception: PlacedException): string {
  const of = isOpen(exception.check) ? 'every check' : exception.check;
  const what = kind === 'waiver' ? 'the waiver' : 'the accepted unknown';
  return `${what} of ${of} for ${describeScope(exception)}`;
}

function placeOf({ file, line }: PlacedException): string {
  return `${file}:${line}`;
}

/** Why an exception is over-broad, as the end of a sentence; null: it is not. */
function tooBroad({ check, registry, repository }: PlacedException): string | null {
  if (isOpen(check)) return 'covers every check, including future ones';
  if (isOpen(registry) && isOpen(repository)) return 'covers every registry and repository';
  if (registry === undefined) return 'names no registry; write "*" to cover every registry';
  return null;
}

/** Returns a function that finds an earlier exception which could match the same finding. */
function overlapFinder(): (exception: PlacedException) => PlacedException | undefined {
  // Most exceptions name one repository: they can overlap only exceptions with that name or a wildcard.
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

/** Whether one text could match both patterns. */
function shareText(a: string, b: string): boolean {
  if (a === b) return true;
  if (!a.includes('*')) return matches(b, a);
  return b.includes('*') ? overlap(a, b) : matches(a, b);
}
