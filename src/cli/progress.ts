import type { SnapshotLine } from '../model/snapshot.ts';
import type { Progress as Step } from '../providers/contract.ts';
import { safeText } from '../reporters/safe-text.ts';
import type { Log } from './log.ts';

/** Shows how far a scan is. */
export interface Progress {
  /** What an adapter reports. */
  readonly step: (step: Step) => void;
  /** A snapshot line arrived. */
  readonly read: (reading: SnapshotLine) => void;
  /** The lines of the live display. */
  readonly lines: () => readonly string[];
  readonly end: () => void;
}

interface Registry {
  /** True after its first line. Sign-in makes calls before any registry exists. */
  begun: boolean;
  repositories: number;
  known: number | null;
  calls: number;
  throttled: number;
  /** When the first repository arrived; the remaining time is estimated from it. */
  since: number | null;
  ended: boolean;
}

const mostLines = 8;
const everyMilliseconds = 200;

/**
 * Whether a live display can be drawn: an interactive terminal that can move its cursor.
 */
export function canDraw(
  environment: Readonly<Record<string, string | undefined>>,
  stream: { readonly isTTY?: boolean },
): boolean {
  return stream.isTTY === true && !environment['CI'] && environment['TERM'] !== 'dumb';
}

/** Shows progress as a live display, or with -v as one line per registry. */
export function progress(
  log: Log,
  draw: boolean,
  columns: number,
  now: () => number = Date.now,
): Progress {
  const registries = new Map<string, Registry>();
  const of = (id: string) => {
    const known = registries.get(id) ?? fresh();
    registries.set(id, known);
    return known;
  };
  const lines = () => display(registries, columns, now());
  const redraw = () => log.pin(lines());
  const timer = draw ? setInterval(redraw, everyMilliseconds).unref() : undefined;
  return {
    lines,
    step({ kind, registry, ...step }) {
      const at = of(registry);
      if (kind === 'call') at.calls += 1;
      else if (kind === 'throttled') at.throttled += 1;
      else if ('known' in step) at.known = step.known;
    },
    read(reading) {
      const at = of(reading.registry);
      at.begun = true;
      if (reading.kind === 'repository') {
        at.since ??= now();
        at.repositories += 1;
      } else if (reading.kind === 'end') {
        at.ended = true;
        log.detail(`${reading.registry}: ${counts(at)}`);
      }
    },
    end() {
      clearInterval(timer);
      log.pin([]);
    },
  };
}

function fresh(): Registry {
  return {
    begun: false,
    repositories: 0,
    known: null,
    calls: 0,
    throttled: 0,
    since: null,
    ended: false,
  };
}

function display(
  registries: ReadonlyMap<string, Registry>,
  columns: number,
  now: number,
): string[] {
  const begun = [...registries].filter(([, registry]) => registry.begun);
  if (begun.length === 0) {
    const calls = [...registries.values()].reduce((sum, registry) => sum + registry.calls, 0);
    return calls === 0 ? [] : [`signing in, calls ${calls}`];
  }
  const open = begun.filter(([, { ended }]) => !ended);
  const shown = open
    .slice(0, mostLines)
    .map(([id, registry]) => `${id}: ${counts(registry)}${timeLeft(registry, now)}`);
  const more = open.length - shown.length;
  const done = begun.length - open.length;
  const rest = [
    ...(more > 0 ? [`and ${more} more under way`] : []),
    ...(done > 0 ? [`${done} done`] : []),
  ];
  return [...shown, ...(rest.length > 0 ? [rest.join(', ')] : [])].map((line) =>
    safeText(line, Math.max(20, columns - 1)),
  );
}

function counts({ repositories, known, calls, throttled }: Registry): string {
  return [
    `repositories ${repositories}${known === null ? '' : ` of ${known}`}`,
    ...(calls > 0 ? [`calls ${calls}`] : []),
    ...(throttled > 0 ? [`throttled ${throttled}`] : []),
  ].join(', ');
}

function timeLeft({ repositories, known, since }: Registry, now: number): string {
  if (known === null || since === null || repositories < 10 || repositories >= known) return '';
  const seconds = Math.ceil((((now - since) / repositories) * (known - repositories)) / 1000);
  const text = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `, about ${text} left`;
}

/** Calls `see` with each line before passing it on. */
export async function* watched(
  readings: AsyncIterable<SnapshotLine>,
  see: (reading: SnapshotLine) => void,
): AsyncGenerator<SnapshotLine> {
  for await (const reading of readings) {
    see(reading);
    yield reading;
  }
}
