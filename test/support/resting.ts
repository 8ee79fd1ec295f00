import { checks } from '../../checks/index.ts';
import { operationsOf } from '../../src/catalogue/coverage.ts';
import type { Fault } from '../../src/demo/fault.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import { collectPlan } from '../../src/engine/collect-plan.ts';
import { collectedFor } from '../../src/model/derived.ts';
import type { Provider } from '../../src/providers/contract.ts';
import type { Scan } from './scan-provider.ts';

/** Which checks rest on which calls. */
export interface Resting<O extends string, E> {
  /** By operation, in the order of the scenes: the checks that declare it and for which it is called there. */
  readonly on: ReadonlyMap<
    O,
    readonly { readonly scene: E; readonly checks: readonly AnyCheck[] }[]
  >;
  /** By check, the calls made for it, as the server names them. */
  readonly made: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface RestingOptions<O extends string, E> {
  readonly scan: (
    scene: E,
    checks: readonly AnyCheck[],
    faults: readonly Fault[],
  ) => Promise<Pick<Scan, 'calls'>>;
  /** What the server calls an operation. */
  readonly wire: (name: O) => string;
}

/**
 * Finds it out by scanning each scene with the checks of the same facts alone, one set after the other. A
 * scene after the first is for calls that are not made before it: it is scanned with the checks alone that
 * declare one which was not called for them so far, and with one set where a call that comes before all
 * checks is new.
 */
export async function restingOn<O extends string, E>(
  provider: Provider<O>,
  scenes: readonly E[],
  { scan, wire }: RestingOptions<O, E>,
): Promise<Resting<O, E>> {
  const listing = new Set<string>(provider.listing(collectPlan(checks)));
  const on = new Map<O, { readonly scene: E; readonly checks: AnyCheck[] }[]>();
  const made = new Map<string, Set<string>>();
  for (const scene of scenes) {
    const shown = new Set<string>();
    for (const alike of alikeAt(provider)) {
      const needed = new Set(
        operationsOf(
          alike.map((check) => ({ ...check, mitigatedBy: [] })),
          provider,
        ),
      );
      const before = alike.map(({ id }) => made.get(id) ?? new Set<string>());
      // What comes before every check matters to all of them alike: one set of a subject shows it.
      const subject = String(alike[0]?.subject);
      const more =
        [...needed].some((name) => before.some((set) => !set.has(wire(name as O)))) ||
        (!shown.has(subject) && [...listing].some((name) => !on.has(name as O)));
      if (scene !== scenes[0] && !more) continue;
      shown.add(subject);
      const { calls } = await scan(scene, alike, []);
      for (const { id } of alike) {
        made.set(id, new Set([...(made.get(id) ?? []), ...calls.keys()]));
      }
      for (const name of Object.keys(provider.operations) as O[]) {
        if ((calls.get(wire(name)) ?? 0) === 0) continue;
        if (!needed.has(name) && !listing.has(name)) continue;
        const known = on.get(name) ?? [];
        const same = known.find((one) => one.scene === scene);
        if (same === undefined) on.set(name, [...known, { scene, checks: [...alike] }]);
        else same.checks.push(...alike);
      }
    }
  }
  return { on, made };
}

/** Checks that need the same facts of those that are read: an adapter cannot tell them apart. */
function alikeAt({ provides }: Provider): readonly (readonly AnyCheck[])[] {
  const groups = new Map<string, AnyCheck[]>();
  for (const check of checks) {
    const table: Readonly<Record<string, { readonly state: string }>> = provides[check.subject];
    const facts = [check.needs, check.mitigatedBy].map((names) =>
      names
        .flatMap(collectedFor)
        .filter((name) => table[name]?.state === 'read')
        .sort(),
    );
    const key = JSON.stringify([check.subject, facts]);
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()];
}

/** In: a provider. Out: whether a call may be made for a check: it is declared for it, or comes before all. */
export function callsOf<O extends string>(
  provider: Provider<O>,
): (check: AnyCheck, name: O) => boolean {
  const listing = provider.listing(collectPlan(checks));
  const declared = new Map(
    checks.map((check) => [
      check,
      new Set<string>([...listing, ...operationsOf([check], provider)]),
    ]),
  );
  return (check, name) => declared.get(check)?.has(name) !== false;
}
