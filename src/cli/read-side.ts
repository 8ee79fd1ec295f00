import { audit } from '../audit/audit.ts';
import { fingerprint } from '../audit/fingerprint.ts';
import { type Chunks, chunksOf } from '../files/chunks.ts';
import { fileName } from '../files/inputs.ts';
import { findingStore } from '../findings/finding-store.ts';
import { readReport } from '../findings/report-reader.ts';
import type { TagStore } from '../findings/tag-store.ts';
import { verdicts } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import { ownerBy } from '../policy/owners.ts';
import { placeOf } from '../providers/places.ts';
import type { CommandContext } from './command-context.ts';
import { fixesFor } from './known-fixes.ts';
import { scanPolicy } from './scan-policy.ts';
import type { Settings } from './settings.ts';
import { snapshotInput } from './snapshot-input.ts';

/** An evaluated snapshot, or a stored report. */
export interface ReadSide {
  readonly from: 'snapshot' | 'report';
  /** The name of the (first) file, for messages. */
  readonly name: string;
  readonly report: Report;
  /** Deletes temporary files. */
  readonly remove: () => void;
}

export interface SideOptions {
  /** Whether evidence keeps its values. */
  readonly values?: boolean;
  /** Receives every line of a snapshot. */
  readonly tags?: Pick<TagStore, 'add'> | undefined;
}

/**
 * Reads snapshots, joined, or one JSON report (`-`: standard input). Snapshots are judged with the checks
 * and expectations of now. Throws `UsageError` for a file that
 * is neither, or cannot be read, and for a report among several.
 */
export async function readSide(
  context: CommandContext,
  settings: Settings,
  files: readonly [string, ...string[]],
  { values = false, tags }: SideOptions = {},
): Promise<ReadSide> {
  const [file, ...more] = files;
  const name = fileName(file);
  const source = chunksOf(file, context);
  try {
    const { head, chunks } = await begun(source);
    if (/^\s*\{\s*"kind"\s*:\s*"snapshot"/.test(head))
      return await evaluated(context, settings, files, { chunks, values, tags });
    if (more.length > 0)
      throw new UsageError(`${name} is no snapshot, and only snapshots can be joined`);
    const report = await readReport(name, chunks);
    return { from: 'report', name, report, remove: () => undefined };
  } finally {
    // Whoever stops before the second chunk leaves it open.
    await source.return(undefined);
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

async function evaluated(
  context: CommandContext,
  settings: Settings,
  files: readonly string[],
  { chunks, values = false, tags }: SideOptions & { readonly chunks: Chunks },
): Promise<ReadSide> {
  const { tool, log, now } = context;
  const rules = await scanPolicy(context, settings, { outputs: [], reads: [] }, fingerprint);
  const store = findingStore({ wants: new Set(verdicts), values, fingerprint, scratch: context });
  try {
    const { report } = await audit(
      recorded(snapshotInput(files, settings, context, { chunks, now, log }), tags),
      {
        ...settings,
        tool,
        exitZero: null,
        policy: rules.policy,
        owner: ownerBy(settings),
        store,
        fixes: fixesFor,
        place: placeOf,
        live: false,
        onCrash: (check) => log.error(`a fault in the check ${check}, please report it`),
        async end(summary) {
          const notices = await rules.close(summary, true);
          const time = takenAt(summary.registries, now());
          return { interrupted: null, faulty: false, notices, startedAt: time, finishedAt: time };
        },
      },
    );
    return { from: 'snapshot', name: fileName(files[0] ?? '-'), report, remove: store.remove };
  } catch (error) {
    store.remove();
    throw error;
  }
}

async function* recorded(
  lines: AsyncIterable<SnapshotLine>,
  tags: SideOptions['tags'],
): AsyncGenerator<SnapshotLine> {
  for await (const line of lines) {
    tags?.add(line);
    yield line;
  }
}

/** When the first registry was read; now, for a snapshot without registries. */
function takenAt(registries: readonly { readonly takenAt: string }[], now: Date): Date {
  const times = registries.map((registry) => Date.parse(registry.takenAt));
  return new Date(Math.min(...times, now.getTime()));
}
