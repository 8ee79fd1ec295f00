/** The facts that the selected checks need, by subject. */
export interface Plan {
  readonly registry: ReadonlySet<string>;
  readonly repository: ReadonlySet<string>;
}
