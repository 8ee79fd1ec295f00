import type { CheckRules, CheckWord } from '../model/check-setting.ts';
import type { Severity } from '../model/finding.ts';
import type { PolicyNotice } from '../model/report.ts';
import { holds, type Place } from './scope.ts';

export type CheckSettings = Readonly<Record<string, CheckWord | CheckRules>>;

/** The setting of a check in its object form; {} without a setting. */
export function rulesOf(settings: CheckSettings, id: string): CheckRules {
  const setting = Object.hasOwn(settings, id) ? settings[id] : undefined;
  return typeof setting === 'string' ? { set: setting } : (setting ?? {});
}

/** Whether a check runs for at least one place. `base`: whether it runs without a setting. */
export function runsSomewhere({ set, where = [] }: CheckRules, base: boolean): boolean {
  return where.some((rule) => rule.set !== 'off') || runsBy(set, base);
}

function runsBy(set: CheckWord | undefined, base: boolean): boolean {
  return set === undefined ? base : set !== 'off';
}

/** The severity that a setting gives a check; null: the severity of the check itself. */
export function severityOf(set: CheckWord | undefined): Severity | null {
  return set === undefined || set === 'on' || set === 'off' ? null : set;
}

/** Settings of checks that differ by place (`checks.<id>.where`). */
export interface Exceptional {
  readonly runs: (check: string, place: Place) => boolean;
  /** Null: no rule changes the severity. */
  readonly severity: (check: string, place: Place) => Severity | null;
  /** The checks that a rule switched off for at least one scanned subject. */
  readonly notices: () => PolicyNotice[];
}

interface Rules {
  readonly where: NonNullable<CheckRules['where']>;
  readonly runs: boolean;
  /** How many subjects the check was off for. */
  off: number;
}

/** In: settings, and whether a check runs where no rule matches. Null: there are no rules by place. */
export function exceptional(
  settings: CheckSettings,
  runsElsewhere: (check: string) => boolean,
): Exceptional | null {
  const byCheck = new Map<string, Rules>();
  for (const id of Object.keys(settings)) {
    const { where = [] } = rulesOf(settings, id);
    if (where.length > 0) byCheck.set(id, { where, runs: runsElsewhere(id), off: 0 });
  }
  if (byCheck.size === 0) return null;
  const fitting = (rules: Rules | undefined, place: Place) =>
    rules?.where.findLast((rule) => holds(rule, place));
  return {
    runs(check, place) {
      const rules = byCheck.get(check);
      if (rules === undefined) return true;
      const runs = runsBy(fitting(rules, place)?.set, rules.runs);
      if (!runs) rules.off += 1;
      return runs;
    },
    severity: (check, place) => severityOf(fitting(byCheck.get(check), place)?.set),
    notices: () =>
      [...byCheck].flatMap(([check, { off }]) => (off === 0 ? [] : [switchedOff(check, off)])),
  };
}

function switchedOff(check: string, off: number): PolicyNotice {
  const subjects = off === 1 ? 'one subject' : `${off} subjects`;
  return {
    kind: 'switched-off',
    message: `${check} is off for ${subjects} (checks.${check}.where)`,
    where: null,
    check,
    registry: null,
    repository: null,
  };
}
