import type { WireAnswer } from '../wire-server.ts';
import type { Estate } from './estate.ts';
import type { Fault } from './fault.ts';
import { altered, concerns, refusal, spoilt } from './fault-effects.ts';
import type { Body } from './protocol.ts';
import type { AwsRequest } from './request.ts';

/** What one call meets on its way. */
interface Met {
  /** Throws `AwsError` when a fault refuses the call. */
  readonly refuse: () => void;
  readonly alter: (body: Body) => Body;
  readonly spoil: (answer: WireAnswer) => WireAnswer;
}

export interface FaultsAtWork {
  readonly meet: (request: AwsRequest) => Met;
  /** Faults that have had no effect yet. */
  readonly unmet: () => readonly Fault[];
}

/** The faults of an estate, with a memory of what has met them. */
export function faultsAtWork({ faults = [], caller }: Estate): FaultsAtWork {
  const met = new Map<Fault, Set<string>>();

  /** Notes that a call has met a fault. Out: whether that was the first of its kind. */
  const note = (fault: Fault, { operation, region }: AwsRequest): boolean => {
    const before = met.get(fault) ?? new Set();
    const call = `${operation} ${region}`;
    const first = !before.has(call);
    met.set(fault, before.add(call));
    return first;
  };

  return {
    unmet: () => faults.filter((fault) => !met.has(fault)),
    meet: (request) => {
      const concerned = faults.filter((fault) => concerns(fault, request));
      const through = <T>(value: T, effect: (value: T, fault: Fault) => T): T =>
        concerned.reduce((before, fault) => {
          const after = effect(before, fault);
          if (after !== before) note(fault, request);
          return after;
        }, value);
      return {
        refuse: () => {
          for (const fault of concerned) {
            const refused = refusal(fault, request, caller);
            if (refused === null) continue;
            if (note(fault, request) || fault.kind !== 'throttled-once') throw refused;
          }
        },
        alter: (body) => through(body, altered),
        spoil: (answer) => through(answer, spoilt),
      };
    },
  };
}
