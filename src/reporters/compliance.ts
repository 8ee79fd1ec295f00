import { severities } from '../model/finding.ts';
import type { CheckSummary, Control } from '../model/report.ts';

/** One check that is evidence towards a control, and the source of the mapping. */
export interface Evidence {
  readonly check: CheckSummary;
  readonly by: Control['by'];
}

/** A control of a framework with the verdicts of the checks that are evidence towards it. */
export interface ControlEvidence {
  readonly id: string;
  readonly version: string;
  readonly checks: readonly Evidence[];
  readonly counts: CheckSummary['verdicts'];
}

/** The caveat of every framework view, in every format. */
export const caveat =
  'A passing check is evidence towards a control, never compliance with it. Controls without a check are not listed.';

export const grounds: Readonly<Record<Control['by'], string>> = {
  registry: '',
  vendor: 'mapped by a vendor',
  related: 'related, mapped by regaudit',
};

/** The most reliable source first, if a control has several mappings. */
const mostReliable: readonly Control['by'][] = ['registry', 'vendor', 'related'];

/** The controls of a framework with at least one check, in the order of the framework. */
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

/** The checks that ran without being evidence towards a control of the framework. */
export function evidenceTowardsNone(
  framework: string,
  checks: readonly CheckSummary[],
): CheckSummary[] {
  return checks.filter((check) => ownControls(check, framework).length === 0);
}

/** Each control once, with its most reliable source. */
function ownControls({ controls }: CheckSummary, framework: string): Control[] {
  const own = controls
    .filter((control) => control.framework === framework)
    .sort((a, b) => mostReliable.indexOf(a.by) - mostReliable.indexOf(b.by));
  const distinct = new Map<string, Control>();
  for (const control of own) {
    const key = `${control.version}\n${control.id}`;
    if (!distinct.has(key)) distinct.set(key, control);
  }
  return [...distinct.values()];
}

function rank({ check, by }: Evidence): number {
  return mostReliable.indexOf(by) * severities.length + severities.indexOf(check.severity);
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

/** Natural order: `4.2.10` after `4.2.9`, the same on every machine. */
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
