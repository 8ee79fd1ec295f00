import { didYouMean } from '../config/suggest.ts';
import { type VerdictWord, verdicts } from '../model/finding.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Format } from '../reporters/reporters.ts';
import type { Flags } from './flags.ts';

/** Formats whose reader takes a missing failure or unknown for one that is fixed. */
const gates: ReadonlySet<Format> = new Set(['sarif', 'gitlab-codequality', 'junit', 'github']);

/**
 * The verdicts of `--only`; null: all. Throws `UsageError` for a word that is no verdict, and where a requested
 * format would show what is left out as fixed or passed.
 */
export function onlyVerdicts(
  flags: Flags,
  requests: readonly { readonly format: Format }[],
): readonly VerdictWord[] | null {
  const words = flags.list('only');
  if (words === undefined) return null;
  const name = flags.nameOf('only');
  for (const word of words) {
    if (verdicts.some((verdict) => verdict === word)) continue;
    throw new UsageError(
      `${name}: "${word}" is none of ${verdicts.join(', ')}${didYouMean(word, verdicts)}`,
    );
  }
  const only = verdicts.filter((verdict) => words.includes(verdict));
  const gate = requests.find(({ format }) => gates.has(format));
  if (gate !== undefined && !(only.includes('fail') && only.includes('unknown')))
    throw new UsageError(
      `${name} ${only.join(',')} cannot be used with ${gate.format}: its readers take what is missing for fixed`,
      `write ${name} fail,unknown`,
    );
  return only;
}
