import type { Identity } from './identity.ts';

/** How sentences name an identity: `alice (person)`, `111122223333 (foreign account)`. */
export function identityLabel({ name, kind, foreign }: Identity): string {
  return `${name} (${foreign ? 'foreign ' : ''}${kind.replaceAll('-', ' ')})`;
}
