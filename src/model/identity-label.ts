import type { Identity } from './identity.ts';

/** Formats an identity for sentences: `alice (person)`, `111122223333 (foreign account)`. */
export function identityLabel({ name, kind, foreign }: Identity): string {
  return `${name} (${foreign ? 'foreign ' : ''}${kind.replaceAll('-', ' ')})`;
}
