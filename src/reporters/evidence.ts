import type { Evidence } from '../model/finding.ts';

/** The operations and fields that the evidence was read from, each once. */
export function sourcesOf(evidence: readonly Evidence[]): string[] {
  return [...new Set(evidence.map(sourceOf))];
}

function sourceOf({ operation, field }: Evidence): string {
  if (operation === 'platform') return "the vendor's documentation";
  return field === null ? operation : `${operation} (${field})`;
}
