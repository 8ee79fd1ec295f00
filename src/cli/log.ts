import { safeLine, safeText } from '../reporters/safe-text.ts';

/** Messages on standard error. */
export interface Log {
  /** Always shown. */
  readonly error: (text: string) => void;
  /** Shown unless quiet. */
  readonly say: (text: string) => void;
  /** Shown with -v; `level` 2: with -vv. */
  readonly detail: (text: string, level?: 1 | 2) => void;
  /** Redraws these lines below all messages; an empty list removes them. */
  readonly pin: (lines: readonly string[]) => void;
}

export interface LogOptions {
  readonly quiet: boolean;
  readonly verbose: number;
}

const longest = 2000;
const clear = '\u001b[J';

/** Creates the only writer of the stream. */
export function log({ quiet, verbose }: LogOptions, stream: { write(text: string): unknown }): Log {
  let pinned: readonly string[] = [];
  const up = () => (pinned.length === 0 ? '' : `\u001b[${pinned.length}A\r${clear}`);
  const tell = (text: string) => {
    const lines = text.split('\n').map((line) => `${safeLine(safeText(line, longest))}\n`);
    stream.write(`${up()}${lines.join('')}${pinned.join('')}`);
  };
  return {
    error: tell,
    say(text) {
      if (!quiet) tell(text);
    },
    detail(text, level = 1) {
      if (!quiet && verbose >= level) tell(text);
    },
    pin(lines) {
      const next = lines.map((line) => `${line}\n`);
      if (next.length > 0 || pinned.length > 0) stream.write(`${up()}${next.join('')}`);
      pinned = next;
    },
  };
}
