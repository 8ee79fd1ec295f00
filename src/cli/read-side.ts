import controls from '../../checks/controls.json' with { type: 'json' };
import { judge } from '../engine/scan.ts';
import { type Chunks, chunksOf } from '../files/chunks.ts';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import { fileName } from '../files/inputs.ts';
import { findingStore } from '../findings/finding-store.ts';
import { readReport } from '../findings/report-reader.ts';
import { verdicts } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { UsageError } from '../model/usage-error.ts';
import { decide } from '../policy/decide.ts';
import { fingerprint } from './audit.ts';
import type { CommandContext } from './command-context.ts';
import { fixesFor } from './known-fixes.ts';
import { reportOf, type TopicControl } from './report.ts';
import { scanPolicy } from './scan-policy.ts';
import type { Settings } from './settings.ts';
import { snapshotInput } from './snapshot-input.ts';

/** An evaluated snapshot, or a stored report. */
export interface ReadSide {
  readonly from: 'snapshot' | 'report';
  readonly report: Report;
  /** Deletes temporary files. */
  readonly remove: () => void;
}

/**
 * Reads snapshots, joined, or one JSON report (`-`: standard input). Snapshots are judged with the checks
 * and expectations of now; `values`: whether their evidence keeps them. Throws `UsageError` for a file that
 * is neither, or cannot be read, and for a report among several.
 */
export async function readSide(
  context: CommandContext,
  settings: Settings,
  files: readonly [string, ...string[]],
  values = false,
): Promise<ReadSide> {
  const [file, ...more] = files;
  const name = fileName(file);
  try {
    const { head, chunks } = await begun(chunksOf(file, context));
    if (/^\s*\{\s*"kind"\s*:\s*"snapshot"/.test(head))
      return await judged(context, settings, files, { chunks, values });
    if (more.length > 0)
      throw new UsageError(`${name} is no snapshot, and only snapshots can be joined`);
    return { from: 'report', report: await readReport(name, chunks), remove: () => undefined };
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new UsageError(`${name} cannot be read: ${fsErrorMessage(error)}`);
    throw error;
  }
}

/** Peeks at the beginning; the chunks still contain it. */
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
  context: CommandContext,
  settings: Settings,
  files: readonly string[],
  { chunks, values }: { readonly chunks: Chunks; readonly values: boolean },
): Promise<ReadSide> {
  const { tool, log, now } = context;
  const { checks, expected, failOn, profile, strict } = settings;
  const { policy, close } = await scanPolicy(
    context,
    settings,
    { outputs: [], reads: [] },
    fingerprint,
  );
  const ruled = policy === undefined ? {} : { policy };
  const store = findingStore({ wants: new Set(verdicts), values, fingerprint, scratch: context });
  try {
    const readings = snapshotInput(files, settings, context, chunks);
    const onCrash = (check: string) => log.error(`a fault in the check ${check}, please report it`);
    const summary = await judge(readings, { checks, expected, sink: store, onCrash, ...ruled });
    const notices = await close(summary, true);
    const time = takenAt(
      summary.registries.map((registry) => registry.takenAt),
      now(),
    );
    const report = reportOf({
      tool,
      summary,
      checks,
      controls: controls as readonly TopicControl[],
      fixes: await fixesFor(summary.registries),
      findings: store.findings,
      decision: decide(summary, { failOn, interrupted: null, strict }),
      failOn,
      policy: { profile, notices },
      interrupted: false,
      live: false,
      startedAt: time,
      finishedAt: time,
    });
    return { from: 'snapshot', report, remove: store.remove };
  } catch (error) {
    store.remove();
    throw error;
  }
}

/** When the first registry was read; now, for a snapshot without registries. */
function takenAt(times: readonly string[], now: Date): Date {
  return new Date(Math.min(...times.map((time) => Date.parse(time)), now.getTime()));
}
