import type { Fault } from '../../src/demo/fault.ts';
import type { AnyCheck } from '../../src/engine/check.ts';
import type { Scan } from './scan-provider.ts';

/** One call of one scene, spoiled in one way, and the checks that must not decide then. */
export interface Trial<O extends string, E> {
  readonly name: O;
  readonly fault: Fault;
  readonly scene: E;
  readonly checks: readonly AnyCheck[];
}

/** What is found where a call is spoiled; that of other trials may be among it. */
export type Outcome = Pick<Scan, 'findings' | 'crashes' | 'unmet'>;

/**
 * A scan takes longer to begin than to make its calls, so trials share scans where none can hide what
 * another one shows: no check of the one may make the call that the other one spoils. `calls`: whether a
 * check may make a call; that it makes no others is tested besides. Out: what is found in a trial; a
 * scan is made when it is first asked for.
 */
export function trialScans<O extends string, E>(
  trials: readonly Trial<O, E>[],
  scan: (scene: E, checks: readonly AnyCheck[], faults: readonly Fault[]) => Promise<Outcome>,
  calls: (check: AnyCheck, name: O) => boolean,
): (trial: Trial<O, E>) => Promise<Outcome> {
  const made = new Map<readonly Trial<O, E>[], Promise<Outcome>>();
  const shared = new Map<Trial<O, E>, readonly Trial<O, E>[]>();
  for (const together of sharing(trials, calls)) {
    for (const trial of together) shared.set(trial, together);
  }
  return (trial) => {
    const together = shared.get(trial) ?? [trial];
    const outcome =
      made.get(together) ??
      scan(
        trial.scene,
        [...new Set(together.flatMap(({ checks }) => checks))],
        together.map(({ fault }) => fault),
      );
    made.set(together, outcome);
    return outcome;
  };
}

function sharing<O extends string, E>(
  trials: readonly Trial<O, E>[],
  calls: (check: AnyCheck, name: O) => boolean,
): readonly (readonly Trial<O, E>[])[] {
  const apart = (one: Trial<O, E>, other: Trial<O, E>) =>
    one.scene === other.scene &&
    !one.checks.some((check) => calls(check, other.name)) &&
    !other.checks.some((check) => calls(check, one.name));
  const scans: Trial<O, E>[][] = [];
  // The largest first: the small ones find room beside them.
  for (const trial of trials.toSorted((a, b) => b.checks.length - a.checks.length)) {
    const room = scans.find((others) => others.every((other) => apart(trial, other)));
    if (room === undefined) scans.push([trial]);
    else room.push(trial);
  }
  return scans;
}
