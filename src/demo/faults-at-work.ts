import type { Fault } from './fault.ts';
import {
  altered,
  type Body,
  concerns,
  type FakeCall,
  type RefusalKind,
  refusalKind,
  spoilt,
} from './fault-effects.ts';
import type { WireAnswer } from './wire-server.ts';

/** What one call meets on its way. */
interface Met {
  /** The refusal a fault brings about; null: none does. */
  readonly refusal: () => RefusalKind | null;
  readonly alter: (body: Body) => Body;
  readonly spoil: (answer: WireAnswer) => WireAnswer;
}

export interface FaultsAtWork {
  readonly meet: (call: FakeCall) => Met;
  /** Faults that have had no effect yet. */
  readonly unmet: () => readonly Fault[];
}

/** The faults of an estate, with a memory of what has met them. */
export function faultsAtWork(faults: readonly Fault[] = []): FaultsAtWork {
  const met = new Map<Fault, Set<string>>();

  /** Notes that a call has met a fault. Out: whether that was the first of its kind. */
  const note = (fault: Fault, { name, region }: FakeCall): boolean => {
    const before = met.get(fault) ?? new Set();
    const call = `${name} ${region ?? ''}`;
    const first = !before.has(call);
    met.set(fault, before.add(call));
    return first;
  };

  return {
    unmet: () => faults.filter((fault) => !met.has(fault)),
    meet: (call) => {
      const concerned = faults.filter((fault) => concerns(fault, call));
      const through = <T>(value: T, effect: (value: T, fault: Fault) => T): T =>
        concerned.reduce((before, fault) => {
          const after = effect(before, fault);
          if (after !== before) note(fault, call);
          return after;
        }, value);
      return {
        refusal: () => {
          for (const fault of concerned) {
            const refused = refusalKind(fault);
            if (refused === null) continue;
            if (note(fault, call) || fault.kind !== 'throttled-once') return refused;
          }
          return null;
        },
        alter: (body) => through(body, altered),
        spoil: (answer) => through(answer, spoilt),
      };
    },
  };
}
