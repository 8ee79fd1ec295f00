import type { Writable } from 'node:stream';

/** An output stream and its terminal, if any. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Signals that ask the run to end. */
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/**
 * The surroundings of a run. Only `main.ts` reads them from the process, so that several commands can run side
 * by side. Vendor SDKs still read their own variables from the process.
 */
export interface Host {
  /** The arguments after the program name. */
  readonly argv: readonly string[];
  /** The demo removes the user's own variables from it. */
  readonly environment: Record<string, string | undefined>;
  /** The base of relative paths. */
  readonly cwd: string;
  /** Where temporary files go. */
  readonly tmpdir: string;
  /** Standard input; opened only by commands that read it. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signals: { on(name: Signal, listener: () => void): unknown };
  readonly now: () => Date;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /** Callbacks to run at the end, however the run ends. */
  readonly atEnd: Set<() => void>;
}
