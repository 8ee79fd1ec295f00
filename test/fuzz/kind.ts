import { UsageError } from '../../src/model/usage-error.ts';
import type { Random } from './random.ts';

/** What became of one input. */
export type Outcome = 'accepted' | 'refused';

/** A verdict got better by damage. */
export class Flip extends Error {
  override readonly name = 'Flip';
}

/** One kind of input: what is made of it, and tried. Rejects with `Flip`, or with a crash. */
export interface Kind {
  /** Tries inputs; out: what became of each. */
  readonly attempt: (random: Random) => Promise<readonly Outcome[]>;
  readonly close?: () => Promise<void>;
}

/** Runs it; a `UsageError` is a refusal, and everything else is a crash. */
export async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work();
    return 'accepted';
  } catch (error) {
    if (error instanceof UsageError) return 'refused';
    throw error;
  }
}

/** Verdicts by check and subject. */
export type Verdicts = ReadonlyMap<string, string>;

/** Throws `Flip` where one passes that failed before. */
export function refuseFlips(before: Verdicts, after: Verdicts): void {
  for (const [about, verdict] of after) {
    if (verdict === 'pass' && before.get(about) === 'fail') throw new Flip(about);
  }
}
