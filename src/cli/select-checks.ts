import { didYouMean } from '../config/suggest.ts';
import type { AnyCheck } from '../engine/check.ts';
import type { Profile } from '../model/profile.ts';
import { UsageError } from '../model/usage-error.ts';
import { matches } from '../model/wildcard.ts';
import { type CheckSettings, rulesOf, runsSomewhere, severityOf } from '../policy/check-rules.ts';
import { runsIn } from '../policy/profiles.ts';

export interface Selection {
  /** Ids or wildcards; if any are given, only these run. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly profile: Profile;
  /** Check settings of the configuration, by id. */
  readonly settings: CheckSettings;
}

/**
 * The checks to run, in catalogue order, with the configured severities. Throws `UsageError` for an unknown id, and
 * if no check is left.
 */
export function selectChecks(
  catalogue: readonly AnyCheck[],
  { only, skip, profile, settings }: Selection,
): AnyCheck[] {
  const ids = catalogue.map(({ id }) => id);
  for (const pattern of [...only, ...skip]) {
    if (ids.some((id) => matches(pattern, id))) continue;
    throw new UsageError(
      `there is no check "${pattern}"${didYouMean(pattern, ids)}`,
      'regaudit list checks shows all of them',
    );
  }
  const selected = catalogue.filter((check) => {
    if (named(skip, check.id)) return false;
    if (only.length > 0) return named(only, check.id);
    return runsSomewhere(rulesOf(settings, check.id), runsIn(profile, check));
  });
  if (selected.length === 0) throw new UsageError('no check is left to run');
  return selected.map((check) => {
    const severity = severityOf(rulesOf(settings, check.id).set);
    return severity === null ? check : { ...check, severity };
  });
}

/** Whether a check runs by default. */
export function runsElsewhere(
  check: Pick<AnyCheck, 'id' | 'byDefault'>,
  { only, profile, settings }: Omit<Selection, 'skip'>,
): boolean {
  const rules = { ...rulesOf(settings, check.id), where: [] };
  return named(only, check.id) || runsSomewhere(rules, runsIn(profile, check));
}

function named(patterns: readonly string[], id: string): boolean {
  return patterns.some((pattern) => matches(pattern, id));
}
