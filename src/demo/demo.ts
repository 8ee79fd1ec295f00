/** A demo vendor on this machine, ready to be scanned. */
export interface ServedDemo {
  /** Entries of `regaudit.yaml` that point at the server. */
  readonly entries: readonly { readonly target: string; readonly [option: string]: unknown }[];
  /** Demo credentials for the vendor's credential chain. */
  readonly environment: Readonly<Record<string, string>>;
  /** Prefixes of environment variables to hide from the demo. */
  readonly hiddenVariables: readonly string[];
  readonly close: () => Promise<void>;
}

/** The fixed clock of every demo, ISO 8601. */
export const demoTime = '2026-11-02T09:00:00Z';
