import type { AnyFact } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { exit } from './exit.ts';
import type { Ending } from './interruption.ts';

/** What a snapshot holds, counted while it is written. */
export interface Counts {
  registries: number;
  repositories: number;
  /** Registries that were not reached, or whose repository list is unknown. */
  unread: number;
  /** Unknown facts. */
  unknown: number;
}

export function noCounts(): Counts {
  return { registries: 0, repositories: 0, unread: 0, unknown: 0 };
}

export function count(reading: SnapshotLine, counts: Counts): void {
  switch (reading.kind) {
    case 'registry':
      counts.registries += 1;
      if (reading.unreachable !== null) counts.unread += 1;
      counts.unknown += unknowns(reading.facts);
      break;
    case 'repository':
      counts.repositories += 1;
      counts.unknown += unknowns(reading.facts);
      break;
    case 'end':
      if (reading.listing.state === 'unknown') counts.unread += 1;
  }
}

function unknowns(facts: Readonly<Record<string, AnyFact>>): number {
  return Object.values(facts).filter(({ state }) => state === 'unknown').length;
}

/** Exit code as for a scan; no check is evaluated yet. */
export function outcome(
  counts: Counts,
  ending: Ending,
  faulty: boolean,
): { exitCode: number; reason: string } {
  const ended = early(ending, faulty, 'results so far are written');
  if (ended !== null) return ended;
  const incomplete = (reason: string) => ({ exitCode: exit.incomplete, reason });
  if (ending === 'timeout')
    return incomplete('the time limit was reached before everything was read');
  if (counts.unread > 0)
    return incomplete('a registry or its list of repositories could not be read');
  if (counts.unknown > 0) return incomplete(`${counts.unknown} facts are unknown`);
  if (counts.registries === 0) return { exitCode: exit.nothing, reason: 'there was no registry' };
  return { exitCode: exit.ok, reason: 'everything was read' };
}

/** The end of a run by a signal or a fault; null: it ended otherwise. */
export function early(
  ending: Ending,
  faulty: boolean,
  kept: string,
): { exitCode: number; reason: string } | null {
  if (ending === 'SIGINT') return { exitCode: 130, reason: `interrupted; ${kept}` };
  if (ending === 'SIGTERM') return { exitCode: 143, reason: `terminated; ${kept}` };
  if (faulty) return { exitCode: exit.bug, reason: `a fault in regaudit; ${kept}` };
  return null;
}
