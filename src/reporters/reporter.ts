import type { Difference } from '../model/difference-schema.ts';
import type { Report } from '../model/report.ts';

export interface ReporterOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** 0: shortened lists; 1 or more: everything. */
  readonly verbose: number;
  /** Whether the table lists every finding instead of its first screen alone. */
  readonly details?: boolean;
  /** Whether SARIF includes suppressed findings. */
  readonly suppressed?: boolean;
  /** False: ASCII only. */
  readonly unicode?: boolean;
  /** Maximum bytes of a Markdown report; omitted sections are counted. */
  readonly mostBytes?: number;
  /** The framework by whose controls the table and Markdown group the checks. */
  readonly framework?: string;
  /** The differences from an earlier report, for HTML. */
  readonly trend?: Trend;
}

/** What changed since an earlier report. */
export interface Trend {
  /** When the earlier scan began. */
  readonly since: string;
  readonly summary: Difference['summary'];
  readonly findings: Difference['findings'];
  /** Counts of the earlier report. */
  readonly before: Report['summary'];
}

/** Renders a report in pieces, so that a large report is never in memory as a whole. */
export type Reporter = (report: Report, options: ReporterOptions) => Iterable<string>;

/**
 * The part of the findings that a reporter reads; nothing else needs to be kept. `all`: everything;
 * `verdicts`: everything but the values of the evidence; `notable`: of these, fail and unknown; `summary`:
 * of these, all but the fingerprints.
 */
export type Needs = 'all' | 'verdicts' | 'notable' | 'summary';
