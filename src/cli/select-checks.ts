import { didYouMean } from '../config/suggest.ts';
import type { AnyCheck } from '../engine/check.ts';
import { UsageError } from '../model/usage-error.ts';
import { matches } from '../model/wildcard.ts';

export interface Selection {
  /** Ids or wildcards; when there are any, only these run. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** From the configuration, by id. */
  readonly switched: Readonly<Record<string, 'on' | 'off'>>;
}

/**
 * The checks to run, in the order of the catalogue. Throws `UsageError` for an id that does not
 * exist, and when nothing is left.
 */
export function selectChecks(
  catalogue: readonly AnyCheck[],
  { only, skip, switched }: Selection,
): AnyCheck[] {
  const ids = catalogue.map(({ id }) => id);
  for (const pattern of [...only, ...skip]) {
    if (ids.some((id) => matches(pattern, id))) continue;
    throw new UsageError(
      `there is no check "${pattern}"${didYouMean(pattern, ids)}`,
      'regaudit list checks shows all of them',
    );
  }
  const named = (patterns: readonly string[], id: string) =>
    patterns.some((pattern) => matches(pattern, id));
  const selected = catalogue.filter(({ id, byDefault }) => {
    if (named(skip, id)) return false;
    if (only.length > 0) return named(only, id);
    const turned = Object.hasOwn(switched, id) ? switched[id] : undefined;
    return turned === undefined ? byDefault : turned === 'on';
  });
  if (selected.length === 0) throw new UsageError('no check is left to run');
  return selected;
}
