import type { Writable } from 'node:stream';

/** A stream that is written to, and the terminal behind it if there is one. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Asks to end the work. */
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/**
 * The world around a run. `main.ts` alone takes it from the process, so that commands can be run in any
 * number side by side, each in a world of its own. What vendors' clients read by themselves is not in
 * it: their variables come from the process.
 */
export interface Host {
  /** The command line behind the program's name. */
  readonly argv: readonly string[];
  /** The demo takes away from it what is the user's own. */
  readonly environment: Record<string, string | undefined>;
  /** The folder that relative paths of the command line and the configuration start from. */
  readonly cwd: string;
  /** Where temporary files go. */
  readonly tmpdir: string;
  /** Standard input, which is touched by those alone who read it. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signals: { on(name: Signal, listener: () => void): unknown };
  readonly now: () => Date;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /** What to do at the end, whichever it is. */
  readonly atEnd: Set<() => void>;
}
