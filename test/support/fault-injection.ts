import { beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { operationsOf } from '../../src/catalogue/coverage.ts';
import type { Fault } from '../../src/demo/fault.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import { collectPlan } from '../../src/engine/collect-plan.ts';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { callsOf, type Resting, restingOn } from './resting.ts';
import type { Scan } from './scan-provider.ts';
import { type Outcome, type Trial, trialScans } from './trials.ts';

/*
 * The law: spoil any one API call, in any way, and no check that rests on it passes or fails. Which check
 * rests on which call is found out by scanning, see `resting.ts`. Then each call is spoiled in each way,
 * for all the checks that rest on it at once. Trials that cannot meet share a scan, see `trials.ts`.
 */

/**
 * Every way to spoil a call, and where it is tried. One way in every scene in which the call matters, for what
 * a verdict makes of an answer it lacks may differ from scene to scene, and what a fault makes of a call does
 * not. What an adapter may take for "none" in as many scenes as it takes to have every check; what decoders
 * get to see in the first. What never reaches a decoder makes the same unknown for every check that rests on
 * the call: it is tried with one of them.
 */
const spoilings = {
  denied: everyScene,
  throttled: oneCheck,
  unreachable: oneCheck,
  'cut-off': oneCheck,
  'server-error-html': oneCheck,
  'empty-body': enough,
  'malformed-body': oneCheck,
  'not-implemented': enough,
  'no-content': first,
  'empty-object': first,
  'error-object': first,
  'damaged-keys': first,
} as const;
export type Spoiling = keyof typeof spoilings;

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
  ) => Promise<Pick<Scan, 'findings' | 'calls' | 'crashes' | 'unmet'>>;
  readonly fields: FieldTable<O>;
  /** Operations whose answer names what was asked for: an answer about something else is no answer. */
  readonly named: readonly O[];
  /** What the server calls an operation; by default the operation's own name. */
  readonly wire?: (name: O) => string;
  /** Spoilings that an operation's answer cannot suffer (an empty body is a proper answer, say), with why. */
  readonly exempt?: Readonly<Partial<Record<O, Readonly<Partial<Record<Spoiling, string>>>>>>;
  /** Operations that no scene needs to reach, with why. */
  readonly unreached?: Readonly<Partial<Record<O, string>>>;
  /** Operations that every scan may try and none needs, with why. */
  readonly optional?: Readonly<Partial<Record<O, string>>>;
  /** The findings that an operation has a say in; by default all of the checks that rest on it. */
  readonly concerned?: (
    name: O,
    findings: readonly FindingWithoutFingerprint[],
    scene: E,
  ) => readonly FindingWithoutFingerprint[];
  /** Checks whose verdict is proved not to rest on an operation although it is called for them. */
  readonly spared?: (
    name: O,
    scene: E,
    selected: readonly AnyCheck[],
  ) => Promise<ReadonlySet<string>>;
}

type FaultAtAnything = Fault extends infer F
  ? F extends Fault
    ? Omit<F, 'operation'>
    : never
  : never;

/** One way to spoil a call. */
interface Wrong {
  readonly title: string;
  readonly fault: FaultAtAnything;
  /** Of the scenes in which the call matters those to try it in. */
  readonly where: <E>(scenes: readonly Place<E>[], cost: CostOf) => readonly Place<E>[];
}

/** How much a check takes, and the more the less it rests on the call. */
type CostOf = (check: AnyCheck) => number;

interface Place<E> {
  readonly scene: E;
  readonly checks: readonly AnyCheck[];
}

/** Registers the tests of the law for one adapter. */
export function lawHolds<O extends string, E>(subject: LawSubject<O, E>): void {
  const { provider } = subject;
  const wire = subject.wire ?? ((name: O) => name);
  const names = Object.keys(provider.operations) as O[];
  const spoiled = names
    .filter((name) => subject.unreached?.[name] === undefined)
    .map((name) => [name, wrongsOf(subject, name)] as const);
  const trials = new Map<Wrong, readonly Trial<O, E>[]>();
  let found: Resting<O, E>;
  let outcome: (trial: Trial<O, E>) => Promise<Outcome>;

  beforeAll(async () => {
    found = await restingOn(provider, await subject.scenes(), { scan: subject.scan, wire });
    for (const [name, wrongs] of spoiled) {
      for (const wrong of wrongs) {
        const fault = { ...wrong.fault, operation: wire(name) } as Fault;
        const places = wrong.where(found.on.get(name) ?? [], costs(name));
        trials.set(
          wrong,
          places.map((place) => ({ ...place, name, fault })),
        );
      }
    }
    outcome = trialScans([...trials.values()].flat(), subject.scan, callsOf(provider));
  }, 240_000);

  const costs = (name: O) => (check: AnyCheck) => {
    const declared = operationsOf([{ ...check, mitigatedBy: [] }], provider);
    if (declared.includes(name)) return declared.length;
    const constant = declared.length === 0 ? 2 : 0;
    return declared.length + (constant + (check.subject === 'repository' ? 1 : 2)) * names.length;
  };

  const hold = async (wrong: Wrong) => {
    const tried = trials.get(wrong) ?? [];
    expect(tried.length).toBeGreaterThan(0);
    let unknowns = 0;
    for (const trial of tried) {
      const { name, scene, checks: selected } = trial;
      const { findings, crashes, unmet } = await outcome(trial);
      // In a scene that denies the call anyway a refusal more changes nothing.
      if (trial.fault.kind !== 'denied') expect(unmet).not.toContain(trial.fault);
      const own = new Set(selected.map(({ id }) => id));
      const spared = (await subject.spared?.(name, scene, selected)) ?? new Set<string>();
      const all = findings.filter(({ check }) => own.has(check));
      const about = subject.concerned?.(name, all, scene) ?? all;
      const wrongly = about.filter(
        (finding) => isDecided(finding) && !isOnPart(finding) && !spared.has(finding.check),
      );
      expect(
        wrongly.map(({ check, subject: of, verdict }) => `${check} of ${of}: ${verdict}`),
      ).toEqual([]);
      expect(crashes.filter((text) => own.has(text.split(':')[0] ?? ''))).toEqual([]);
      unknowns += about.filter((one) => one.verdict === 'unknown' || isOnPart(one)).length;
    }
    expect(unknowns).toBeGreaterThan(0);
  };

  test('every operation that is declared is called by some check', () => {
    const idle = names.filter((name) => !found.on.has(name));
    expect(idle).toEqual(
      Object.keys(subject.unreached ?? {}).filter((name) => idle.includes(name as O)),
    );
  });

  test('no check makes a call that is not declared for it', () => {
    const listing = provider.listing(collectPlan(checks));
    const optional = Object.keys(subject.optional ?? {});
    const undeclared = checks.flatMap((check) => {
      const declared = new Set(
        [...listing, ...optional, ...operationsOf([check], provider)].map((name) =>
          wire(name as O),
        ),
      );
      return [...(found.made.get(check.id) ?? [])]
        .filter((call) => !declared.has(call))
        .map((call) => `${check.id}: ${call}`);
    });
    expect(found.made.size).toBe(checks.length);
    expect(undeclared).toEqual([]);
  });

  test('with every operation denied nothing that was decided is left to be checked by hand', async () => {
    const listing = new Set<O>(provider.listing(collectPlan(checks)));
    const facts = names.filter((name) => !listing.has(name));
    for (const scene of await subject.scenes()) {
      const { findings } = await subject.scan(scene, checks, []);
      const decided = new Set(findings.filter(isDecided).map(keyOf));
      for (const denied of [names, facts]) {
        const fault = { kind: 'denied', operation: denied.map(wire) } as const;
        const after = await subject.scan(scene, checks, [fault]);
        const hidden = after.findings.filter(({ byHand }) => byHand.length > 0).map(keyOf);
        expect(hidden.filter((key) => decided.has(key))).toEqual([]);
      }
    }
  }, 120_000);

  describe.concurrent.each(spoiled)('%s', (_, wrongs) => {
    for (const wrong of wrongs) test.concurrent(wrong.title, () => hold(wrong), 60_000);
  });
}

function isDecided({ verdict }: FindingWithoutFingerprint): boolean {
  return verdict === 'pass' || verdict === 'fail';
}

/** The part that was read decides it, and it says what is missing. */
function isOnPart({ verdict, missing }: FindingWithoutFingerprint): boolean {
  return verdict === 'fail' && missing.some(({ why }) => why !== 'not-exposed');
}

function keyOf({ check, subject }: FindingWithoutFingerprint): string {
  return `${check} of ${subject}`;
}

function wrongsOf<O extends string, E>(
  { exempt, fields, named }: LawSubject<O, E>,
  name: O,
): readonly Wrong[] {
  const kinds = (Object.keys(spoilings) as Spoiling[]).filter(
    (kind) => exempt?.[name]?.[kind] === undefined,
  );
  const other = { title: 'other-subject', fault: { kind: 'other-subject' }, where: first } as const;
  return [
    ...kinds.map((kind) => ({ title: kind, fault: { kind }, where: spoilings[kind] })),
    ...(named.includes(name) ? [other] : []),
    ...(fields[name] ?? []).map(([field, word]) => ({
      title: `${field} ${word === undefined ? 'is missing' : `is ${JSON.stringify(word)}`}`,
      fault:
        word === undefined
          ? ({ kind: 'missing-field', field } as const)
          : ({ kind: 'new-word', field, value: word } as const),
      where: first,
    })),
  ];
}

function everyScene<E>(places: readonly Place<E>[]): readonly Place<E>[] {
  return places;
}

function first<E>(places: readonly Place<E>[]): readonly Place<E>[] {
  return places.slice(0, 1);
}

/** The first scene, with the check that makes the fewest calls. */
function oneCheck<E>(places: readonly Place<E>[], cost: CostOf): readonly Place<E>[] {
  return first(places).map(({ scene, checks: all }) => ({
    scene,
    checks: all.toSorted((a, b) => cost(a) - cost(b)).slice(0, 1),
  }));
}

/** Those that it takes to have every check once, each with the checks it adds. */
function enough<E>(places: readonly Place<E>[]): readonly Place<E>[] {
  const seen = new Set<AnyCheck>();
  return places.flatMap(({ scene, checks: all }) => {
    const more = all.filter((check) => !seen.has(check));
    for (const check of more) seen.add(check);
    return more.length === 0 ? [] : [{ scene, checks: more }];
  });
}
