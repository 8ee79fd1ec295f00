import { type Extras, operationsOf, plannedOperations } from '../catalogue/coverage.ts';
import type { AnyCheck } from '../engine/check.ts';
import type { AnyFact, Reason, Why } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import type { Provider, Progress as Step } from '../providers/contract.ts';

/** What a trial of one operation on one sample showed. */
export type Trial = 'allowed' | 'denied' | 'off' | 'not reached' | 'unclear' | 'no sample';

export interface OperationTrial {
  readonly operation: string;
  readonly trial: Trial;
  /** What to grant; empty: nothing. */
  readonly permission: string;
  /** What helps where a grant does not, else what the vendor said; null: nothing. */
  readonly detail: string | null;
  /** Checks that cannot be evaluated without it. */
  readonly checks: readonly string[];
}

export interface Diagnosis {
  readonly registry: string;
  readonly provider: string;
  /** Who the credentials belong to; null: the vendor does not say. */
  readonly caller: string | null;
  /** The repository that was tried; null: there is none, or it could not be listed. */
  readonly sample: string | null;
  readonly trials: readonly OperationTrial[];
}

/** What was seen of one registry. */
interface Seen {
  provider: string;
  sample: string | null;
  caller: string | null;
  readonly called: Set<string>;
  readonly reasons: Reason[];
}

/** Watches a scan of one sample repository in each registry. */
export interface Observer {
  readonly step: (step: Step) => void;
  readonly line: (line: SnapshotLine) => void;
  /** `providers` by id; `checks`: those that a scan would run. */
  readonly diagnoses: (
    providers: ReadonlyMap<string, Provider>,
    checks: readonly AnyCheck[],
    extras: Extras,
  ) => readonly Diagnosis[];
}

export function observer(): Observer {
  const registries = new Map<string, Seen>();
  /** Calls and callers by the id that sign-in uses, which may be the beginning of a registry's. */
  const early = new Map<string, Pick<Seen, 'called' | 'caller'>>();
  const seen = (registry: string, provider: string) => {
    const known = registries.get(registry) ?? {
      provider,
      sample: null,
      caller: null,
      called: new Set<string>(),
      reasons: [],
    };
    registries.set(registry, known);
    return known;
  };
  return {
    step(step) {
      const at = early.get(step.registry) ?? { called: new Set<string>(), caller: null };
      if (step.kind === 'call') at.called.add(step.operation);
      if (step.kind === 'signed-in') at.caller = step.as;
      early.set(step.registry, at);
    },
    line(line) {
      switch (line.kind) {
        case 'registry': {
          const at = seen(line.registry, line.provider);
          if (line.unreachable !== null) at.reasons.push(...reasonsIn(line.unreachable));
          at.reasons.push(...reasonsOf(line.facts), ...reasonsOf(line.repositoryDefaults));
          return;
        }
        case 'repository': {
          const at = seen(line.registry, '');
          at.sample ??= line.name;
          at.reasons.push(...reasonsOf(line.facts));
          return;
        }
        case 'end':
          if (line.listing.state === 'unknown')
            seen(line.registry, '').reasons.push(...reasonsIn(line.listing));
      }
    },
    diagnoses: (providers, checks, extras) =>
      [...registries].map(([registry, own]) => {
        const provider = providers.get(own.provider);
        const signIn = [...early].filter(([id]) => isSignInOf(id, registry, own.provider));
        const called = new Set([...own.called, ...signIn.flatMap(([, one]) => [...one.called])]);
        const callers = signIn.flatMap(([, { caller }]) => (caller === null ? [] : [caller]));
        return {
          registry,
          provider: own.provider,
          caller: callers.at(-1) ?? null,
          sample: own.sample,
          trials:
            provider === undefined
              ? []
              : trialsOf({ provider, checks, extras }, called, own.reasons),
        };
      }),
  };
}

/** Calls before a registry is known are filed under the beginning of its id, or as `ecr://unknown`. */
function isSignInOf(id: string, registry: string, provider: string): boolean {
  return registry.startsWith(id) || id === `${provider}://unknown`;
}

interface Tried {
  readonly provider: Provider;
  readonly checks: readonly AnyCheck[];
  readonly extras: Extras;
}

/** The trials of every operation that these checks need, in the order of the adapter. */
function trialsOf(
  { provider, checks, extras }: Tried,
  called: ReadonlySet<string>,
  reasons: readonly Reason[],
): readonly OperationTrial[] {
  const planned = new Set(plannedOperations(checks, provider, extras));
  return Object.entries(provider.operations).flatMap(([operation, { permission }]) => {
    if (!planned.has(operation)) return [];
    const own = reasons.filter(({ from }) => from.operation === operation);
    const worst = own.map(trialFor).sort((a, b) => rank(a) - rank(b))[0];
    const trial = worst ?? (called.has(operation) ? 'allowed' : 'no sample');
    const decisive = own.find((reason) => trialFor(reason) === trial);
    return [
      {
        operation,
        trial,
        permission,
        detail: decisive?.from.cure ?? decisive?.from.detail ?? null,
        checks: checks
          .filter((check) => operationsOf([check], provider).includes(operation))
          .map(({ id }) => id),
      },
    ];
  });
}

const trials: Readonly<Record<Why, Trial>> = {
  denied: 'denied',
  'denied-or-absent': 'denied',
  'plan-gated': 'off',
  throttled: 'not reached',
  unreachable: 'not reached',
  undecodable: 'unclear',
  crashed: 'unclear',
  // The call was answered: what it says of the sample is the scan's business.
  pending: 'allowed',
  inconclusive: 'allowed',
  'not-exposed': 'allowed',
  'not-collected': 'no sample',
};

function trialFor({ why }: Reason): Trial {
  return trials[why];
}

const order: readonly Trial[] = ['denied', 'not reached', 'off', 'unclear', 'no sample', 'allowed'];

function rank(trial: Trial): number {
  return order.indexOf(trial);
}

function reasonsOf(facts: Readonly<Record<string, AnyFact>>): readonly Reason[] {
  return Object.values(facts).flatMap((fact) => {
    if (fact.state === 'unknown') return reasonsIn(fact);
    return fact.state === 'partial' ? fact.missing.flatMap(reasonsIn) : [];
  });
}

function reasonsIn({ why, from, also = [] }: Reason & { readonly also?: readonly Reason[] }) {
  return [{ why, from }, ...also];
}
