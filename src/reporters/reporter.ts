import type { Report } from '../model/report.ts';

export interface ReporterOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** 0: capped lists; 1 and more: everything. */
  readonly verbose: number;
  /** Whether SARIF also holds what is waived, in the baseline or accepted. */
  readonly suppressed?: boolean;
  /** False: nothing but ASCII. */
  readonly unicode?: boolean;
  /** Most bytes of a Markdown report; what does not fit is counted. */
  readonly mostBytes?: number;
  /** The framework whose controls the table and Markdown group the checks by. */
  readonly framework?: string;
}

/** In: a report. Out: its text in pieces, so that a large report is never in memory as a whole. */
export type Reporter = (report: Report, options: ReporterOptions) => Iterable<string>;

/**
 * What a reporter reads of the findings. `all`: everything; `verdicts`: everything but the values in
 * their evidence; `notable`: of these fail and unknown; `gist`: of these all but the fingerprints. The
 * rest need not be kept for it.
 */
export type Needs = 'all' | 'verdicts' | 'notable' | 'summary';
