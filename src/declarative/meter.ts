/** Limits of the work of declarative checks in units; a unit is about half a microsecond. */
export interface Limits {
  /** Per evaluation of a condition. */
  readonly evaluation: number;
  /** For all conditions of one registry or repository, so that signals are handled between subjects. */
  readonly subject: number;
  /** For the whole scan, on top of `free`. */
  readonly scan: number;
  /** Free units per evaluation that do not count for `scan`, so that large registries never run out. */
  readonly free: number;
}

export const standardLimits: Limits = {
  evaluation: 1_500_000,
  subject: 2_000_000,
  scan: 100_000_000,
  free: 2_000,
};

/** Meters the work of declarative checks. */
export interface Meter {
  /** The remaining units of the current evaluation. */
  readonly left: () => number;
  /** Spends units; throws if the current evaluation exceeds its limit. */
  readonly spend: (units: number) => void;
  /**
   * Runs one evaluation. In: an object that identifies the registry or repository, and the work. Throws if
   * the work was too expensive, whatever its result: in CEL, `true || error` hides an error.
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
