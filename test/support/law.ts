import { beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { operationsOf } from '../../src/catalogue/coverage.ts';
import type { Fault } from '../../src/demo/fault.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import { collectPlan } from '../../src/engine/collect-plan.ts';
import type { Unmarked } from '../../src/model/finding.ts';
import type { Provider } from '../../src/providers/contract.ts';
import type { Scan } from './scan-provider.ts';

/*
 * The law: spoil any one API call, in any way, and no check that rests on it passes or fails. Nothing
 * here knows which check rests on which call: that is found out by scanning with one check at a time.
 */

export const spoilings = [
  'denied',
  'throttled',
  'unreachable',
  'cut-off',
  'server-error-html',
  'empty-body',
  'malformed-body',
  'not-implemented',
] as const;
export type Spoiling = (typeof spoilings)[number];

/** New words, and fields that must be there, in the answers of an operation. */
export type FieldTable<O extends string> = Readonly<
  Partial<Record<O, readonly (readonly [field: string, word?: unknown])[]>>
>;

export interface LawSubject<O extends string, E> {
  readonly provider: Provider<O>;
  /** Estates in which, between them, every operation matters to some check. */
  readonly scenes: () => Promise<readonly E[]>;
  readonly scan: (
    scene: E,
    checks: readonly AnyCheck[],
    faults: readonly Fault[],
  ) => Promise<Pick<Scan, 'findings' | 'calls' | 'crashes'>>;
  readonly fields: FieldTable<O>;
  /** What the server calls an operation; by default the operation's own name. */
  readonly wire?: (name: O) => string;
  /** Spoilings that an operation's answer cannot suffer (an empty body is a proper answer, say), with why. */
  readonly exempt?: Readonly<Partial<Record<O, Readonly<Partial<Record<Spoiling, string>>>>>>;
  /** Operations that no scene needs to reach, with why. */
  readonly unreached?: Readonly<Partial<Record<O, string>>>;
  /** The findings that an operation has a say in; by default all of the checks that rest on it. */
  readonly concerned?: (name: O, findings: readonly Unmarked[], scene: E) => readonly Unmarked[];
  /** Checks whose verdict is proved not to rest on an operation although it is called for them. */
  readonly spared?: (
    name: O,
    scene: E,
    selected: readonly AnyCheck[],
  ) => Promise<ReadonlySet<string>>;
}

interface Resting<E> {
  readonly scene: E;
  readonly checks: AnyCheck[];
}

type FaultAtAnything = Fault extends infer F
  ? F extends Fault
    ? Omit<F, 'operation'>
    : never
  : never;

/** Registers the tests of the law for one adapter. */
export function lawHolds<O extends string, E>(subject: LawSubject<O, E>): void {
  const { provider, fields } = subject;
  const wire = subject.wire ?? ((name: O) => name);
  const names = Object.keys(provider.operations) as O[];
  const resting = new Map<O, Resting<E>[]>();
  const made = new Map<string, Set<string>>();

  beforeAll(async () => {
    const listing = new Set<string>(provider.listing(collectPlan(checks)));
    for (const scene of await subject.scenes()) {
      for (const check of checks) {
        const needed = new Set(operationsOf([{ ...check, excusedBy: [] }], provider));
        const { calls } = await subject.scan(scene, [check], []);
        made.set(check.id, new Set([...(made.get(check.id) ?? []), ...calls.keys()]));
        for (const name of names) {
          if ((calls.get(wire(name)) ?? 0) === 0) continue;
          if (!needed.has(name) && !listing.has(name)) continue;
          const known = resting.get(name) ?? [];
          const same = known.find((one) => one.scene === scene);
          if (same === undefined) resting.set(name, [...known, { scene, checks: [check] }]);
          else same.checks.push(check);
        }
      }
    }
  }, 240_000);

  const spoil = async (name: O, fault: FaultAtAnything, scenes: readonly Resting<E>[]) => {
    expect(scenes.length).toBeGreaterThan(0);
    let unknowns = 0;
    for (const { scene, checks: selected } of scenes) {
      const faults = [{ ...fault, operation: wire(name) } as Fault];
      const { findings, crashes } = await subject.scan(scene, selected, faults);
      const spared = (await subject.spared?.(name, scene, selected)) ?? new Set<string>();
      const about = subject.concerned?.(name, findings, scene) ?? findings;
      const wrong = about.filter(
        ({ verdict, check }) =>
          verdict !== 'unknown' && verdict !== 'not-applicable' && !spared.has(check),
      );
      expect(
        wrong.map(({ check, subject: of, verdict }) => `${check} of ${of}: ${verdict}`),
      ).toEqual([]);
      expect(crashes).toEqual([]);
      unknowns += about.filter(({ verdict }) => verdict === 'unknown').length;
    }
    expect(unknowns).toBeGreaterThan(0);
  };

  test('every operation that is declared is called by some check', () => {
    const idle = names.filter((name) => !resting.has(name));
    expect(idle).toEqual(
      Object.keys(subject.unreached ?? {}).filter((name) => idle.includes(name as O)),
    );
  });

  test('no check makes a call that is not declared for it', () => {
    const listing = provider.listing(collectPlan(checks));
    const undeclared = checks.flatMap((check) => {
      const declared = new Set(
        [...listing, ...operationsOf([check], provider)].map((name) => wire(name as O)),
      );
      return [...(made.get(check.id) ?? [])]
        .filter((call) => !declared.has(call))
        .map((call) => `${check.id}: ${call}`);
    });
    expect(made.size).toBe(checks.length);
    expect(undeclared).toEqual([]);
  });

  describe.concurrent.each(names.filter((name) => subject.unreached?.[name] === undefined))(
    '%s',
    (name) => {
      const scenes = () => resting.get(name) ?? [];
      const kinds = spoilings.filter((kind) => subject.exempt?.[name]?.[kind] === undefined);
      test.concurrent.each(kinds)('%s', async (kind) => spoil(name, { kind }, scenes()), 60_000);

      for (const [field, word] of fields[name] ?? []) {
        const fault: FaultAtAnything =
          word === undefined
            ? { kind: 'missing-field', field }
            : { kind: 'new-word', field, value: word };
        const title = `${field} ${word === undefined ? 'is missing' : `is ${JSON.stringify(word)}`}`;
        test.concurrent(title, async () => spoil(name, fault, scenes().slice(0, 1)), 60_000);
      }
    },
  );
}
