import type { Finding, Severity, VerdictWord } from './finding.ts';

export const reportVersion = '1.0';

export interface Summary {
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly waived: number;
}

export interface RegistrySummary {
  readonly id: string;
  readonly provider: string;
  /** False: it could not be signed in to or reached at all. */
  readonly reachable: boolean;
  readonly repositories: {
    /** How many were judged. */
    readonly count: number;
    /** Whether the list of repositories was read to its end. */
    readonly complete: boolean;
    /** How many the registry has, filters aside; null: not known. */
    readonly known: number | null;
  };
  readonly summary: Summary;
  /** When its facts were read, ISO 8601. */
  readonly takenAt: string;
  /** API calls made, retries not counted; null when read from a snapshot. */
  readonly calls: number | null;
}

/** A control of a framework that a check is evidence towards. */
export interface Control {
  readonly framework: string;
  readonly version: string;
  readonly id: string;
  /** registry: names registries or images itself; vendor: mapped by a vendor; related: our reading. */
  readonly by: 'registry' | 'vendor' | 'related';
}

/** Metadata of a check that ran, so that a reporter needs no catalogue. */
export interface CheckSummary {
  readonly id: string;
  readonly subject: 'registry' | 'repository';
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly answers: readonly string[];
  readonly references: readonly string[];
  readonly controls: readonly Control[];
  readonly fix: Readonly<
    Record<string, { command?: string; terraform?: string; console?: string; instead?: string }>
  >;
  readonly verdicts: Readonly<Record<VerdictWord, number>>;
}

/** Everything a scan found. Plain JSON but for `findings`, which may be read from disk as they go. */
export interface Report {
  readonly schemaVersion: typeof reportVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly startedAt: string;
  readonly finishedAt: string;
  /** False: something asked for could not be read, or the scan was interrupted. */
  readonly complete: boolean;
  readonly interrupted: boolean;
  readonly exitCode: number;
  /** Why that exit code, one sentence. */
  readonly reason: string;
  readonly failOn: Severity | 'none';
  readonly summary: Summary;
  readonly registries: readonly RegistrySummary[];
  readonly checks: readonly CheckSummary[];
  /** Ordered by severity, check and subject; can be gone through more than once. */
  readonly findings: Iterable<Finding>;
}
