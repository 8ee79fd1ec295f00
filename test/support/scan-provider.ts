import { setMaxListeners } from 'node:events';
import { checks as catalogue } from '../../checks/index.ts';
import type { Fault } from '../../src/demo/fault.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import { collectPlan } from '../../src/engine/collect-plan.ts';
import { merge } from '../../src/engine/merge.ts';
import { evaluateLines } from '../../src/engine/scan.ts';
import type { Derivation } from '../../src/model/derivation.ts';
import { type DeclaredExpectations, nothingDeclared } from '../../src/model/expectations.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import type { ScanSummary } from '../../src/model/scan-summary.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import type { Provider, Registry, ScanContext } from '../../src/providers/contract.ts';
import { undeclared } from '../../src/signing/undeclared.ts';

export interface Scan {
  readonly findings: readonly FindingWithoutFingerprint[];
  /** What was judged. */
  readonly readings: readonly SnapshotLine[];
  readonly summary: ScanSummary;
  /** Calls the server got, by operation as the server names it, retries included. */
  readonly calls: ReadonlyMap<string, number>;
  readonly crashes: readonly string[];
  /** Faults without effect. */
  readonly unmet: readonly Fault[];
}

export interface ScanOptions {
  readonly checks?: readonly AnyCheck[];
  /** What stands behind `provider://`. */
  readonly address?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly expected?: Partial<DeclaredExpectations>;
  readonly derivations?: readonly Derivation[];
  readonly context?: Partial<ScanContext>;
  /** Variables besides the credentials. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where the scan's calls go, and the clock it has. */
export interface Served {
  readonly environment: Readonly<Record<string, string>>;
  readonly asOf: string;
  readonly calls: ReadonlyMap<string, number>;
  readonly unmetFaults?: () => readonly Fault[];
  readonly close: () => Promise<void>;
}

/** The end of a scan; any number of calls may listen to its signal. */
function end(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** Tries often enough, but does not wait: the fake has no limits that time would lift. */
const hasty = { maxAttempts: 3, baseDelay: 1, waits: false };

/** For scans to which it does not matter that a call is tried again: most of what fails fails thrice. */
export const triedOnce = { context: { retryPolicy: { ...hasty, maxAttempts: 1 } } };

/** Scans what is served through the real adapter over a loopback socket, and ends the server. */
export async function scanProvider(
  provider: Provider,
  served: Served,
  options: ScanOptions = {},
): Promise<Scan> {
  const checks = options.checks ?? catalogue;
  const over = end();
  const context: ScanContext = {
    plan: collectPlan(checks),
    concurrency: 8,
    signal: over.signal,
    scan: over.signal,
    environment: { ...served.environment, ...options.environment },
    caFile: undefined,
    wanted: () => true,
    images: { newest: 3, tags: [], mayPull: false },
    now: () => new Date(served.asOf),
    retryPolicy: hasty,
    progress: () => undefined,
    ...options.context,
  };
  try {
    const registries: Registry[] = [];
    const target = {
      provider: provider.id,
      address: options.address ?? '',
      options: { ...options.options },
    };
    for await (const registry of await provider.open(target, context)) registries.push(registry);
    const findings: FindingWithoutFingerprint[] = [];
    const readings: SnapshotLine[] = [];
    const crashes: string[] = [];
    const summary = await evaluateLines(
      kept(
        merge(
          registries.map(
            ({ read }) =>
              () =>
                read(context.signal),
          ),
          2,
        ),
        readings,
      ),
      {
        checks,
        expected: { ...nothingDeclared, ...options.expected },
        derivations: options.derivations ?? undeclared,
        onCrash: (check, error) => crashes.push(`${check}: ${String(error)}`),
        sink: { wants: () => true, add: (finding) => findings.push(finding) },
      },
    );
    const { calls, unmetFaults = () => [] } = served;
    return { findings, readings, summary, calls, crashes, unmet: unmetFaults() };
  } finally {
    over.abort();
    await served.close();
  }
}

/** The readings as they come, and in `list` once they are through. */
async function* kept(
  readings: AsyncIterable<SnapshotLine>,
  list: SnapshotLine[],
): AsyncGenerator<SnapshotLine> {
  for await (const reading of readings) {
    list.push(reading);
    yield reading;
  }
}
