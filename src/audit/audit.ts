import controls from '../../checks/controls.json' with { type: 'json' };
import type { Fixing } from '../catalogue/fixes.ts';
import type { AnyCheck } from '../engine/check.ts';
import { evaluateLines } from '../engine/scan.ts';
import type { FindingStore } from '../findings/finding-store.ts';
import type { Derivation } from '../model/derivation.ts';
import type { DeclaredExpectations } from '../model/expectations.ts';
import type { Severity } from '../model/finding.ts';
import type { Place } from '../model/place.ts';
import type { OwnerOf, Policy } from '../model/policy.ts';
import type { PolicyNotice, Report } from '../model/report.ts';
import type { ScanSummary } from '../model/scan-summary.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { type DecideOptions, type Decision, decide, exitZeroed } from '../policy/decide.ts';
import { reportOf, type TopicControl } from './report.ts';

export interface AuditOptions {
  readonly tool: Report['tool'];
  readonly checks: readonly AnyCheck[];
  readonly expected: DeclaredExpectations;
  readonly derivations: readonly Derivation[];
  readonly failOn: Severity | 'none';
  readonly strict: boolean;
  /** Exit with 0 whatever was found; says under which condition the code would stand. Null: it stands. */
  readonly exitZero: string | null;
  readonly profile: Report['policy']['profile'];
  /** Undefined: no finding is suppressed. */
  readonly policy: Policy | undefined;
  /** Who owns a subject. */
  readonly owner: OwnerOf;
  /** Receives the findings and returns them, ordered, to the report. */
  readonly store: FindingStore;
  readonly onCrash: (check: string, error: unknown) => void;
  /** The fixes of the scanned registries' providers. */
  readonly fixes: (registries: ScanSummary['registries']) => Promise<readonly Fixing[]>;
  /** Where a registry is. */
  readonly place: (provider: string, registry: string) => Place;
  /** Whether API calls are made; false for a snapshot. */
  readonly live: boolean;
  /** Called once every line is evaluated. */
  readonly end: (summary: ScanSummary) => Promise<Ending>;
}

/** How the reading of the lines ended. */
export interface Ending {
  readonly interrupted: DecideOptions['interrupted'];
  /** Whether a bug in regaudit was met. */
  readonly faulty: boolean;
  readonly notices: readonly PolicyNotice[];
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

export interface Audited {
  readonly decision: Decision;
  /** Its findings can be iterated until the store is removed. */
  readonly report: Report;
}

/**
 * The pipeline from facts to report, for live registries and snapshots alike: evaluates each line as it
 * comes, labels findings by the policy, decides the exit code and assembles the report. Rejects only if the
 * lines, the store or `end` do.
 */
export async function audit(
  lines: AsyncIterable<SnapshotLine>,
  options: AuditOptions,
): Promise<Audited> {
  const { checks, expected, derivations, failOn, strict, store, policy, onCrash } = options;
  const summary = await evaluateLines(lines, {
    checks,
    expected,
    derivations,
    sink: store,
    owner: options.owner,
    onCrash,
    ...(policy === undefined ? {} : { policy }),
  });
  const ending = await options.end(summary);
  const { interrupted, faulty, notices, startedAt, finishedAt } = ending;
  const decided = decide(summary, { failOn, strict, interrupted, faulty });
  const { exitZero } = options;
  const decision = exitZero === null ? decided : exitZeroed(decided, exitZero);
  const report = reportOf({
    tool: options.tool,
    summary,
    checks,
    controls: controls as readonly TopicControl[],
    fixes: await options.fixes(summary.registries),
    place: options.place,
    findings: store.findings,
    decision,
    failOn,
    policy: { profile: options.profile, notices },
    interrupted: interrupted !== null,
    live: options.live,
    startedAt,
    finishedAt,
  });
  return { decision, report };
}
