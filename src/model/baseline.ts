import { type Frozen, list, record, type Static, Type, text, textOrNull, word } from './shape.ts';

/** A baseline with another major version is rejected, as is one with a newer minor version. */
export const baselineVersion = '2.0';

export const baselineEntry = record({
  registry: text,
  repository: textOrNull,
  check: text,
  verdict: word(['fail', 'unknown']),
  evidence: Type.String({
    pattern: '^[0-9a-f]{32}$',
    description:
      'of a fail: a fingerprint of the evidence, without values that change on their own; of an unknown: a fingerprint of the facts, their reasons and the input',
  }),
});
/** One failure or inconclusive unknown that existed when the baseline was written. */
export type BaselineEntry = Frozen<Static<typeof baselineEntry>>;

export const baselineSchema = record(
  {
    tool: Type.Literal('regaudit'),
    schemaVersion: text,
    createdAt: text,
    entries: list(baselineEntry),
  },
  'failures and inconclusive unknowns adopted by --write-baseline',
);
export type Baseline = Frozen<Static<typeof baselineSchema>>;
