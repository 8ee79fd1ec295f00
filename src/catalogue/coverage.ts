import type { AnyCheck } from '../engine/check.ts';
import { collectPlan } from '../engine/collect-plan.ts';
import { collectedFor } from '../model/derived.ts';
import type { Subject } from '../model/subjects.ts';
import type { Provided, Provider } from '../providers/contract.ts';

/** How a provider covers a check. */
export type Coverage =
  | { readonly kind: 'judged'; readonly operations: readonly string[] }
  | { readonly kind: 'always' }
  | { readonly kind: 'by-hand'; readonly note: string; readonly step: string }
  | { readonly kind: 'cannot'; readonly note: string };

/** Joins a check's needs with a provider's table: read from operations, constant, not exposed or unsupported. */
export function coverage(check: AnyCheck, provider: Provider): Coverage {
  const table = provider.provides[check.subject] as Readonly<
    Record<string, Provided<string, unknown>>
  >;
  const provided = check.needs.flatMap(collectedFor).map((name) => table[name]);
  for (const one of provided)
    if (one?.state === 'unsupported') return { kind: 'cannot', note: one.note };
  const hidden = provided.find((one) => one?.state === 'unknown');
  if (hidden?.state === 'unknown') {
    const { detail = '', step = '' } = hidden.from;
    return { kind: 'by-hand', note: detail, step };
  }
  const operations = operationsOf([check], provider);
  return operations.length === 0 ? { kind: 'always' } : { kind: 'judged', operations };
}

/**
 * The operations that these checks need, including sign-in and, for repository checks, the repository list.
 */
export function operationsOf(checks: readonly AnyCheck[], provider: Provider): readonly string[] {
  const names = checks.flatMap((check) => {
    const table = provider.provides[check.subject];
    return [...check.needs, ...check.mitigatedBy]
      .flatMap(collectedFor)
      .flatMap((name) => operationsFor(name, table));
  });
  return [...new Set(names)].sort();
}

/** The operations that a fact is read from; none for a constant. */
export function operationsFor(fact: string, provides: Provider['provides'][Subject]) {
  const one = (provides as Readonly<Record<string, Provided<string, unknown>>>)[fact];
  return one?.state === 'read' ? one.operations : [];
}

/** What a scan reads besides the facts of its checks. */
export interface Extras {
  /** Tags or labels, which name owners. */
  readonly labels: boolean;
  /** Signatures, where reading them counts as a pull. Default: not. */
  readonly pulls?: boolean;
}

/** Every operation of a scan with these checks, sorted: sign-in, lists, what the checks need, and the extras. */
export function plannedOperations(
  checks: readonly AnyCheck[],
  provider: Provider,
  { labels, pulls = false }: Extras,
): readonly string[] {
  const { registry, repository } = provider.provides;
  const planned = [
    ...new Set([
      ...provider.listing(collectPlan(checks, labels)),
      ...operationsOf(checks, provider),
      ...(labels ? [registry, repository].flatMap((table) => operationsFor('labels', table)) : []),
    ]),
  ];
  return planned.filter((name) => pulls || provider.operations[name]?.withPulls !== true).sort();
}

/** The least-privilege policy for a scan with these checks. */
export function permissionsFor(
  checks: readonly AnyCheck[],
  provider: Provider,
  extras: Extras = { labels: false },
): string {
  return provider.leastPrivilege(plannedOperations(checks, provider, extras));
}
