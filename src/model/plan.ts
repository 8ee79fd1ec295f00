/** What a scan has to learn: the facts, by subject, that the selected checks need. */
export interface Plan {
  readonly registry: ReadonlySet<string>;
  readonly repository: ReadonlySet<string>;
}
