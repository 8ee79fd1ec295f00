/** Limits of the work of declarative checks, in units. A unit is about half a microsecond. */
export interface Limits {
  /** For one evaluation of one condition. */
  readonly evaluation: number;
  /** For all conditions on one registry or repository, so that signals are heard between two of them. */
  readonly subject: number;
  /** For the whole scan, on top of `free`. */
  readonly scan: number;
  /** Each evaluation may do this much without drawing on `scan`: large registries never run out. */
  readonly free: number;
}

export const standardLimits: Limits = {
  evaluation: 1_500_000,
  subject: 2_000_000,
  scan: 100_000_000,
  free: 2_000,
};

/** Counts the work of declarative checks. */
export interface Meter {
  /** Units that the current evaluation may still spend. */
  readonly left: () => number;
  /** Throws when the current evaluation has spent more than it may. */
  readonly spend: (units: number) => void;
  /**
   * Runs one evaluation. In: an object that stands for the registry or repository, and the work. Throws
   * when the work was too expensive, whatever its result: CEL lets `true || error` hide an error.
   */
  readonly run: <T>(subject: object, work: () => T) => T;
}

const tooExpensive = 'the condition is too expensive';

export function meter(limits: Limits = standardLimits): Meter {
  let pool = limits.scan;
  let subject: object | null = null;
  let subjectLeft = 0;
  let left = 0;
  return {
    left: () => left,
    spend: (units) => {
      left -= units;
      if (left < 0) throw new Error(tooExpensive);
    },
    run: (on, work) => {
      if (on !== subject) {
        subject = on;
        subjectLeft = limits.subject;
      }
      const allowed = Math.min(limits.evaluation, subjectLeft, pool + limits.free);
      left = allowed;
      const settle = () => {
        const spent = allowed - Math.max(left, 0);
        subjectLeft -= spent;
        pool -= Math.max(spent - limits.free, 0);
        if (left < 0) throw new Error(tooExpensive);
      };
      let result: ReturnType<typeof work>;
      try {
        result = work();
      } catch (error) {
        settle();
        throw error;
      }
      settle();
      return result;
    },
  };
}
