import type { Evidence } from '../model/finding.ts';

/** In: what a verdict rests on. Out: the operations and fields it was read from, each once. */
export function sourcesOf(evidence: readonly Evidence[]): string[] {
  return [...new Set(evidence.map(sourceOf))];
}

function sourceOf({ operation, field }: Evidence): string {
  if (operation === 'platform') return 'what the vendor documents';
  return field === null ? operation : `${operation} (${field})`;
}
