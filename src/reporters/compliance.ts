import { severities } from '../model/finding.ts';
import type { CheckSummary, Control } from '../model/report.ts';

/** One check that is evidence towards a control, and who says that it is. */
export interface Evidence {
  readonly check: CheckSummary;
  readonly by: Control['by'];
}

/** A control of a framework, and what the checks that ran say towards it. */
export interface ControlEvidence {
  readonly id: string;
  readonly version: string;
  readonly checks: readonly Evidence[];
  readonly counts: CheckSummary['verdicts'];
}

/** What a view of one framework must say, in every format. */
export const caveat =
  'A check that passes is evidence towards a control, never compliance with it. Controls that no check here speaks to are not listed.';

export const grounds: Readonly<Record<Control['by'], string>> = {
  registry: '',
  vendor: 'mapped by a vendor',
  related: 'related, our reading',
};

/** What stands firmest comes first when one control is named on several grounds. */
const firmest: readonly Control['by'][] = ['registry', 'vendor', 'related'];

/** The controls of a framework that any of the checks is evidence towards, in their own order. */
export function evidenceTowards(
  framework: string,
  checks: readonly CheckSummary[],
): ControlEvidence[] {
  const controls = new Map<string, { id: string; version: string; checks: Evidence[] }>();
  for (const check of checks) {
    for (const control of ownControls(check, framework)) {
      const { id, version, by } = control;
      const key = `${version}\n${id}`;
      const entry = controls.get(key) ?? { id, version, checks: [] };
      controls.set(key, entry);
      entry.checks.push({ check, by });
    }
  }
  return [...controls.values()].sort(inOrder).map((control) => ({
    ...control,
    checks: control.checks.sort((a, b) => rank(a) - rank(b)),
    counts: sum(control.checks.map(({ check }) => check.verdicts)),
  }));
}

/** The checks that ran and are evidence towards no control of the framework. */
export function evidenceTowardsNone(
  framework: string,
  checks: readonly CheckSummary[],
): CheckSummary[] {
  return checks.filter((check) => ownControls(check, framework).length === 0);
}

/** Each control once, on its firmest ground. */
function ownControls({ controls }: CheckSummary, framework: string): Control[] {
  const own = controls
    .filter((control) => control.framework === framework)
    .sort((a, b) => firmest.indexOf(a.by) - firmest.indexOf(b.by));
  const distinct = new Map<string, Control>();
  for (const control of own) {
    const key = `${control.version}\n${control.id}`;
    if (!distinct.has(key)) distinct.set(key, control);
  }
  return [...distinct.values()];
}

function rank({ check, by }: Evidence): number {
  return firmest.indexOf(by) * severities.length + severities.indexOf(check.severity);
}

function sum(all: readonly CheckSummary['verdicts'][]): CheckSummary['verdicts'] {
  const total = { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 };
  for (const verdicts of all) {
    total.fail += verdicts.fail;
    total.unknown += verdicts.unknown;
    total.pass += verdicts.pass;
    total['not-applicable'] += verdicts['not-applicable'];
  }
  return total;
}

interface Numbered {
  readonly id: string;
  readonly version: string;
}

/** `4.2.10` after `4.2.9`, the same on every machine. */
function inOrder(a: Numbered, b: Numbered): number {
  const parts = ({ version, id }: Numbered) => `${version} ${id}`.split(/(\d+)/);
  const [left, right] = [parts(a), parts(b)];
  for (const [at, part] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    if (part === other) continue;
    const numbers = [part, other].every((one) => /^\d+$/.test(one));
    if (numbers) return Number(part) - Number(other);
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}
