import type { AnyCheck } from '../engine/check.ts';
import type { ComparisonItem, Offers, SwitchedOn } from '../model/comparison.ts';
import type { CheckSummary, RegistrySummary, Report } from '../model/report.ts';
import type { Provider } from '../providers/contract.ts';
import { offerOf } from './offer.ts';

/** Items of the registry checklist; checks name them in `checklist`. */
const checklist: Readonly<Record<string, string>> = {
  F1: 'Authentication',
  F2: 'Role-based access',
  F3: 'Vulnerability scanning',
  F4: 'Image signing',
  F5: 'Immutable tags',
  F6: 'Copies in other regions',
  M1: 'Scanning product',
  M2: 'Signing product',
  M3: 'Replication product',
};

export type Themes = Readonly<Record<string, readonly AnyCheck[]>>;

interface Row extends ComparisonItem {
  readonly members: readonly AnyCheck[];
}

/** Checklist items, then themes, each with its checks. */
function rowsOf(themes: Themes): Row[] {
  const all = Object.values(themes).flat();
  const items = Object.entries(checklist).map(([item, title]) =>
    row(
      item,
      title,
      all.filter(({ checklist }) => checklist.includes(item)),
    ),
  );
  return [
    ...items,
    ...Object.entries(themes).map(([theme, members]) => row(theme, 'all of the theme', members)),
  ];
}

function row(item: string, title: string, members: readonly AnyCheck[]): Row {
  return { item, title, checks: members.map(({ id }) => id), members };
}

/** What each registry offers, from the adapters' tables alone. */
export function offersOf(themes: Themes, providers: readonly Provider[]): Offers {
  return {
    providers: providers.map(({ id, title }) => ({ id, title })),
    rows: rowsOf(themes).map(({ members, ...item }) => ({
      ...item,
      cells: providers.map((provider) => members.map((check) => offerOf(check, provider))),
    })),
  };
}

/** Counts verdicts by checklist item and registry. */
export function switchedOnIn(themes: Themes, { registries, findings }: Report): SwitchedOn {
  const counts = new Map<string, CheckSummary['verdicts']>();
  for (const { registry, check, verdict } of findings) {
    const key = `${registry}\n${check}`;
    const before = counts.get(key) ?? none;
    counts.set(key, { ...before, [verdict]: before[verdict] + 1 });
  }
  const cell = (registry: RegistrySummary, checks: readonly string[]) =>
    checks.map((check) => counts.get(`${registry.id}\n${check}`) ?? none).reduce(sum, none);
  return {
    registries: registries.map(({ id, provider, reachable, repositories }) => {
      return { id, provider, whole: reachable && repositories.complete };
    }),
    rows: rowsOf(themes).map(({ members: _, ...item }) => ({
      ...item,
      cells: registries.map((registry) => cell(registry, item.checks)),
    })),
  };
}

const none: CheckSummary['verdicts'] = { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 };

function sum(a: CheckSummary['verdicts'], b: CheckSummary['verdicts']): CheckSummary['verdicts'] {
  return {
    fail: a.fail + b.fail,
    unknown: a.unknown + b.unknown,
    pass: a.pass + b.pass,
    'not-applicable': a['not-applicable'] + b['not-applicable'],
  };
}
