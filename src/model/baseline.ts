import { type Frozen, list, record, type Static, Type, text, textOrNull, word } from './shape.ts';

/** Major: older baselines are refused. Minor: newer ones are. */
export const baselineVersion = '2.0';

export const baselineEntry = record({
  registry: text,
  repository: textOrNull,
  check: text,
  verdict: word(['fail', 'unknown']),
  evidence: Type.String({
    pattern: '^[0-9a-f]{32}$',
    description:
      'of a fail: a mark of the evidence, without what changes by itself; of an unknown: one of the facts, their reasons and the input read',
  }),
});
/** One failure, or one inconclusive unknown, that was there when the baseline was written. */
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
