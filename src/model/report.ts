import type { Finding } from './finding.ts';
import type {
  checkSummary,
  control,
  coverage,
  policyNotice,
  registrySummary,
  reportSchema,
  summary,
} from './report-schema.ts';
import type { Frozen, Static } from './shape.ts';

export type Coverage = Frozen<Static<typeof coverage>>;
export type Summary = Frozen<Static<typeof summary>>;
export type RegistrySummary = Frozen<Static<typeof registrySummary>>;
export type PolicyNotice = Frozen<Static<typeof policyNotice>>;
export type Control = Frozen<Static<typeof control>>;
/** Metadata of a check that ran, so that a reporter needs no catalogue. */
export type CheckSummary = Frozen<Static<typeof checkSummary>>;

/** The result of a scan: the JSON document, except that `findings` may be read from disk. */
export interface Report extends Omit<Frozen<Static<typeof reportSchema>>, 'findings'> {
  /** Ordered by severity, check and subject; can be iterated more than once. */
  readonly findings: Iterable<Finding>;
}
