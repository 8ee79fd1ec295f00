import controls from '../../checks/controls.json' with { type: 'json' };
import { judge } from '../engine/scan.ts';
import { verdicts } from '../model/finding.ts';
import { ioReason } from '../model/io-reason.ts';
import type { Report } from '../model/report.ts';
import { UsageError } from '../model/usage-error.ts';
import { decide } from '../policy/decide.ts';
import { fingerprint } from './audit.ts';
import { type Chunks, chunksOf } from './chunks.ts';
import { findingSpool } from './finding-spool.ts';
import { fileName } from './inputs.ts';
import { fixesFor } from './known-fixes.ts';
import { reportOf, type TopicControl } from './report.ts';
import { readReport } from './report-reader.ts';
import { scanPolicy } from './scan-policy.ts';
import type { Settings } from './settings.ts';
import type { Shell } from './shell.ts';
import { snapshotReadings } from './snapshot-readings.ts';

/** A snapshot that was judged, or a report that was read. */
export interface ReadSide {
  readonly from: 'snapshot' | 'report';
  readonly report: Report;
  /** Gives up what is kept on disk. */
  readonly remove: () => void;
}

/**
 * Reads snapshots, joined, or one JSON report (`-`: standard input). Snapshots are judged with the checks
 * and expectations of now; `values`: whether their evidence keeps them. Throws `UsageError` for a file that
 * is neither, or cannot be read, and for a report among several.
 */
export async function readSide(
  shell: Shell,
  settings: Settings,
  files: readonly [string, ...string[]],
  values = false,
): Promise<ReadSide> {
  const [file, ...more] = files;
  const name = fileName(file);
  try {
    const { head, chunks } = await begun(chunksOf(file, shell));
    if (/^\s*\{\s*"kind"\s*:\s*"snapshot"/.test(head))
      return await judged(shell, settings, files, { chunks, values });
    if (more.length > 0)
      throw new UsageError(`${name} is no snapshot, and only snapshots can be joined`);
    return { from: 'report', report: await readReport(name, chunks), remove: () => undefined };
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new UsageError(`${name} cannot be read: ${ioReason(error)}`);
    throw error;
  }
}

/** Looks at the beginning; the chunks still have it. */
async function begun(
  chunks: AsyncGenerator<Uint8Array>,
): Promise<{ readonly head: string; readonly chunks: Chunks }> {
  const first = await chunks.next();
  const piece = first.done ? new Uint8Array() : first.value;
  const head = Buffer.from(piece.subarray(0, 200)).toString('utf8');
  async function* whole() {
    yield piece;
    yield* chunks;
  }
  return { head, chunks: whole() };
}

async function judged(
  shell: Shell,
  settings: Settings,
  files: readonly string[],
  { chunks, values }: { readonly chunks: Chunks; readonly values: boolean },
): Promise<ReadSide> {
  const { tool, notes, now } = shell;
  const { checks, expected, failOn, profile, strict } = settings;
  const { policy, close } = await scanPolicy(
    shell,
    settings,
    { outputs: [], reads: [] },
    fingerprint,
  );
  const ruled = policy === undefined ? {} : { policy };
  const spool = findingSpool({ wants: new Set(verdicts), values, fingerprint, scratch: shell });
  try {
    const readings = snapshotReadings(files, settings, shell, chunks);
    const onCrash = (check: string) =>
      notes.error(`a fault in the check ${check}, please report it`);
    const tally = await judge(readings, { checks, expected, sink: spool, onCrash, ...ruled });
    const notices = await close(tally, true);
    const time = takenAt(
      tally.registries.map((registry) => registry.takenAt),
      now(),
    );
    const report = reportOf({
      tool,
      tally,
      checks,
      controls: controls as readonly TopicControl[],
      fixes: await fixesFor(tally.registries),
      findings: spool.findings,
      decision: decide(tally, { failOn, interrupted: null, strict }),
      failOn,
      policy: { profile, notices },
      interrupted: false,
      live: false,
      startedAt: time,
      finishedAt: time,
    });
    return { from: 'snapshot', report, remove: spool.remove };
  } catch (error) {
    spool.remove();
    throw error;
  }
}

/** When the first registry was read; a snapshot without any is dated by nothing. */
function takenAt(times: readonly string[], now: Date): Date {
  return new Date(Math.min(...times.map((time) => Date.parse(time)), now.getTime()));
}
