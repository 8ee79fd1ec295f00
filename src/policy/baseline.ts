import type { BaselineEntry } from '../model/baseline.ts';
import type { PolicyNotice } from '../model/report.ts';
import type { ScanSummary } from '../model/scan-summary.ts';
import { type Place, subjectOf } from './scope.ts';

/** How far an entry was met: not at all, judged and no failure, or what the finding was. */
type Met = 'nowhere' | 'judged' | 'same' | 'changed' | 'unknown';

interface Held {
  readonly entry: BaselineEntry;
  met: Met;
}

/** What a scan covered, as far as the policy must know it to tell gone from not looked at. */
export interface Coverage {
  readonly summary: ScanSummary;
  /** Checks that ran. */
  readonly checks: ReadonlySet<string>;
  /** Every check there is. */
  readonly catalogue: ReadonlySet<string>;
  /** Whether not every repository was asked for. */
  readonly filtered: boolean;
  /** Whether this one was. */
  readonly wanted: (repository: string) => boolean;
}

/** The entries of a baseline during a scan. */
export interface HeldBaseline {
  /** Notes that a check judges a subject. */
  readonly judged: (check: string, place: Place) => void;
  /** Whether this failure is in the baseline. */
  readonly holds: (check: string, place: Place, mark: string) => boolean;
  /** Notes that the verdict is unknown: the entry stays. */
  readonly unknown: (check: string, place: Place) => void;
  /** What became of the entries, once the scan is over, and those to keep in a new baseline. */
  readonly close: (coverage: Coverage) => {
    readonly notices: PolicyNotice[];
    readonly kept: BaselineEntry[];
  };
}

/** In: the entries of a baseline, one per check and subject. */
export function heldBaseline(entries: readonly BaselineEntry[]): HeldBaseline {
  const byCheck = new Map<string, Map<string, Held>>();
  const held = entries.map((entry): Held => ({ entry, met: 'nowhere' }));
  for (const one of held) {
    const own = byCheck.get(one.entry.check) ?? new Map<string, Held>();
    byCheck.set(one.entry.check, own.set(subjectOf(one.entry), one));
  }
  const find = (check: string, place: Place) => byCheck.get(check)?.get(subjectOf(place));
  const meet = (check: string, place: Place, met: Met) => {
    const one = find(check, place);
    if (one !== undefined) one.met = met;
  };
  return {
    judged: (check, place) => meet(check, place, 'judged'),
    unknown: (check, place) => meet(check, place, 'unknown'),
    holds(check, place, mark) {
      const one = find(check, place);
      if (one === undefined) return false;
      one.met = one.entry.evidence === mark ? 'same' : 'changed';
      return one.met === 'same';
    },
    close(coverage) {
      const fates = held.map(({ entry, met }) => ({ entry, fate: fateOf(entry, met, coverage) }));
      const unseen = fates.filter(({ fate }) => fate === 'not-scanned');
      return {
        notices: [
          ...fates.flatMap(({ entry, fate }) => told(entry, fate)),
          ...(unseen.length === 0 ? [] : [notScanned(unseen.length)]),
        ],
        kept: [...unseen, ...fates.filter(({ fate }) => fate === 'unknown-now')].map(
          ({ entry }) => entry,
        ),
      };
    },
  };
}

type Fate = 'still' | 'fixed' | 'vanished' | 'unknown-now' | 'not-scanned';

function fateOf({ check, registry, repository }: BaselineEntry, met: Met, seen: Coverage): Fate {
  if (met === 'same' || met === 'changed') return 'still';
  if (met === 'judged') return 'fixed';
  if (met === 'unknown') return 'unknown-now';
  if (!seen.catalogue.has(check)) return 'vanished';
  const read = seen.summary.registries.find(({ id }) => id === registry);
  if (read === undefined || !seen.checks.has(check)) return 'not-scanned';
  if (repository === null || !seen.wanted(repository)) return 'not-scanned';
  return read.listing.state === 'known' ? 'vanished' : 'unknown-now';
}

function told({ check, registry, repository }: BaselineEntry, fate: Fate): PolicyNotice[] {
  if (fate === 'still' || fate === 'not-scanned') return [];
  const what = `${check} of ${subjectOf({ registry, repository })}`;
  const sentences: Readonly<Record<typeof fate, string>> = {
    fixed: `${what} is in the baseline and does not fail any more`,
    vanished: `${what} is in the baseline and is not there any more`,
    'unknown-now': `${what} is in the baseline and is unknown now; it stays there`,
  };
  return [{ kind: fate, message: sentences[fate], where: null, check, registry, repository }];
}

function notScanned(count: number): PolicyNotice {
  const message = `this scan did not look at ${count === 1 ? 'one entry' : `${count} entries`} of the baseline`;
  return {
    kind: 'not-scanned',
    message,
    where: null,
    check: null,
    registry: null,
    repository: null,
  };
}
