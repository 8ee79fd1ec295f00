import type { CheckSummary } from '../model/report.ts';

/** The pages on a check, each once: those of these providers, then those that hold for any registry. */
export function referencesOf(
  { fix, references }: CheckSummary,
  providers: Iterable<string>,
): readonly string[] {
  const vendors = [...providers].flatMap((provider) => fix[provider]?.references ?? []);
  return [...new Set([...vendors, ...references])];
}
