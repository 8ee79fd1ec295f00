import type { Fault } from './fault.ts';
import {
  altered,
  alteredField,
  type Body,
  concerns,
  type FakeCall,
  type RefusalKind,
  refusalKind,
  spoilt,
} from './fault-effects.ts';
import type { WireAnswer } from './wire-server.ts';

/** The faults that apply to one call. */
interface Met {
  /** The refusal of a fault, or null. */
  readonly refusal: () => RefusalKind | null;
  readonly alter: (body: Body) => Body;
  /** The same for an error response: only faults of a single field apply. */
  readonly alterRefusal: (body: Body) => Body;
  readonly spoil: (answer: WireAnswer) => WireAnswer;
}

export interface FaultsAtWork {
  readonly meet: (call: FakeCall) => Met;
  /** Faults without effect so far. */
  readonly unmet: () => readonly Fault[];
}

/** The faults of an estate, and which of them applied. */
export function faultsAtWork(faults: readonly Fault[] = []): FaultsAtWork {
  const met = new Map<Fault, Set<string>>();

  /** Records that a fault applied. Returns whether it was the first time. */
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
      const through = <T>(value: T, effect: (value: T, fault: Fault, call: FakeCall) => T): T =>
        concerned.reduce((before, fault) => {
          const after = effect(before, fault, call);
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
        alterRefusal: (body) => through(body, alteredField),
        spoil: (answer) => through(answer, spoilt),
      };
    },
  };
}
