import type { BaselineEntry } from '../model/baseline.ts';
import type { PolicyNotice } from '../model/report.ts';
import type { ScanSummary } from '../model/scan-summary.ts';
import { type Place, subjectOf } from './scope.ts';

/** How the scan matched an entry: not at all, evaluated without the finding, or the state of the finding. */
type Met = 'nowhere' | 'judged' | 'same' | 'changed' | 'unknown';

type Adopted = BaselineEntry['verdict'];

interface Held {
  readonly entry: BaselineEntry;
  met: Met;
}

/** What a scan covered. The policy needs it to tell a removed subject from one that was not scanned. */
export interface Coverage {
  readonly summary: ScanSummary;
  /** Checks that ran. */
  readonly checks: ReadonlySet<string>;
  /** Every existing check. */
  readonly catalogue: ReadonlySet<string>;
  /** Whether the scan was limited to some repositories. */
  readonly filtered: boolean;
  /** Whether this repository was selected. */
  readonly wanted: (repository: string) => boolean;
}

/** The entries of a baseline, matched against the findings of a scan. */
export interface HeldBaseline {
  /** Records that a check is evaluated for a subject. */
  readonly judged: (check: string, place: Place) => void;
  /** Whether the baseline holds this failure or unknown with the same evidence fingerprint. */
  readonly holds: (check: string, place: Place, verdict: Adopted, fingerprint: string) => boolean;
  /** Records that the verdict is unknown: the entry is kept. */
  readonly unknown: (check: string, place: Place) => void;
  /** Call after the scan. Out: notices about the entries, and the entries to keep in a new baseline. */
  readonly close: (coverage: Coverage) => {
    readonly notices: PolicyNotice[];
    readonly kept: BaselineEntry[];
  };
}

/** In: the entries of a baseline, at most one per check, subject and verdict. */
export function heldBaseline(entries: readonly BaselineEntry[]): HeldBaseline {
  const held = entries.map((entry): Held => ({ entry, met: 'nowhere' }));
  const byKey = new Map(
    held.map((one) => [keyOf(one.entry.check, one.entry, one.entry.verdict), one]),
  );
  const find = (check: string, place: Place, verdict: Adopted) =>
    byKey.get(keyOf(check, place, verdict));
  const meet = (check: string, place: Place, met: Met) => {
    for (const verdict of ['fail', 'unknown'] as const) {
      const one = find(check, place, verdict);
      if (one !== undefined) one.met = met;
    }
  };
  return {
    judged: (check, place) => meet(check, place, 'judged'),
    unknown(check, place) {
      const one = find(check, place, 'fail');
      if (one !== undefined) one.met = 'unknown';
    },
    holds(check, place, verdict, fingerprint) {
      const one = find(check, place, verdict);
      if (one === undefined) return false;
      one.met = one.entry.evidence === fingerprint ? 'same' : 'changed';
      return one.met === 'same';
    },
    close(coverage) {
      const fates = held.map(({ entry, met }) => ({ entry, fate: fateOf(entry, met, coverage) }));
      const unseen = fates.filter(({ fate }) => fate === 'not-scanned');
      return {
        notices: [
          ...fates.flatMap(({ entry, fate }) => noticesOf(entry, fate)),
          ...(unseen.length === 0 ? [] : [notScanned(unseen.length)]),
        ],
        kept: [...unseen, ...fates.filter(({ fate }) => fate === 'unknown-now')].map(
          ({ entry }) => entry,
        ),
      };
    },
  };
}

function keyOf(check: string, place: Place, verdict: Adopted): string {
  return `${check}\n${verdict}\n${subjectOf(place)}`;
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

function noticesOf(
  { check, registry, repository, verdict }: BaselineEntry,
  fate: Fate,
): PolicyNotice[] {
  if (fate === 'still' || fate === 'not-scanned') return [];
  const what = `${check} of ${subjectOf({ registry, repository })}`;
  const sentences: Readonly<Record<typeof fate, string>> = {
    fixed: `${what} is in the baseline but ${verdict === 'fail' ? 'no longer fails' : 'is no longer unknown'}`,
    vanished: `${what} is in the baseline but no longer exists`,
    'unknown-now': `${what} is in the baseline and is now unknown; the entry is kept`,
  };
  return [{ kind: fate, message: sentences[fate], where: null, check, registry, repository }];
}

function notScanned(count: number): PolicyNotice {
  const message = `this scan did not cover ${count === 1 ? 'one entry' : `${count} entries`} of the baseline`;
  return {
    kind: 'not-scanned',
    message,
    where: null,
    check: null,
    registry: null,
    repository: null,
  };
}
