/** A vendor that is pretended on this machine, ready to be audited. */
export interface ServedDemo {
  /** What `regaudit.yaml` would list: targets with the options that point them at the server. */
  readonly entries: readonly { readonly target: string; readonly [option: string]: unknown }[];
  /** What the vendor's own credential chain finds; means nothing anywhere else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Beginnings of the variables of the user's own that the demo must not see. */
  readonly hiddenVariables: readonly string[];
  readonly close: () => Promise<void>;
}

/** The time of every demo, ISO 8601: what ends and what has lain unused is counted from it. */
export const demoTime = '2026-11-02T09:00:00Z';
