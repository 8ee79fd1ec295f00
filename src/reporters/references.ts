import type { CheckSummary } from '../model/report.ts';

/** The references of a check, each once: first those of the providers, then the general ones. */
export function referencesOf(
  { fix, references }: CheckSummary,
  providers: Iterable<string>,
): readonly string[] {
  const vendors = [...providers].flatMap((provider) => fix[provider]?.references ?? []);
  return [...new Set([...vendors, ...references])];
}
