import { list, record, type Static, text } from './shape.ts';

/** The tags or labels of a subject. No check judges them; one of them may name its owner. */
export const labels = list(
  record({ key: text, value: text }),
  'tags or labels, one of which may name the owner',
);
export type Labels = Static<typeof labels>;
