import { type Frozen, list, record, type Static, Type, text, textOrNull } from './shape.ts';

/** Major: older baselines are refused. Minor: newer ones are. */
export const baselineVersion = '1.0';

export const baselineEntry = record({
  registry: text,
  repository: textOrNull,
  check: text,
  evidence: Type.String({
    pattern: '^[0-9a-f]{32}$',
    description: 'a mark of the evidence, without what changes by itself',
  }),
});
/** One failure that was there when the baseline was written. */
export type BaselineEntry = Frozen<Static<typeof baselineEntry>>;

export const baselineSchema = record(
  {
    tool: Type.Literal('regaudit'),
    schemaVersion: text,
    createdAt: text,
    entries: list(baselineEntry),
  },
  'failures adopted by --write-baseline',
);
export type Baseline = Frozen<Static<typeof baselineSchema>>;
