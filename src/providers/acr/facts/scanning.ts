import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { unsupported } from '../../contract.ts';
import { Inconclusive, join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { Findings } from '../decode/findings.ts';
import { keepsServicesOut } from '../decode/network.ts';
import { type Described, quarantine } from '../decode/registry.ts';
import { inRegistry } from './settings.ts';
import type { SubscriptionFacts } from './subscription.ts';

type Scanned = { mode: 'on'; engine: string } | { mode: 'off'; why: string };

/** Whether Defender scans what is pushed; a registry that keeps it out is not scanned, plan or not. */
async function scanned(
  registry: Described,
  subscription: SubscriptionFacts,
): Promise<Fact<Scanned>> {
  const defender = await subscription.defender();
  if (defender.state === 'known' && defender.value.scans === null) {
    const { why } = defender.value;
    return join([defender], () => ({ mode: 'off', why }));
  }
  return join(
    [defender, inRegistry(registry, keepsServicesOut)],
    ({ scans, doubt, why }, keptOut) => {
      if (scans === null) return { mode: 'off', why };
      if (keptOut) {
        return { mode: 'off', why: `${scans} is on, but the network rules keep it out` };
      }
      if (doubt !== null) throw new Inconclusive(doubt);
      return { mode: 'on', engine: scans };
    },
  );
}

/** What Defender found in images, by digest; null: it scans nothing that is pushed here. */
export async function findingsOf(
  registry: Described,
  subscription: SubscriptionFacts,
): Promise<Fact<ReadonlyMap<string, Findings> | null>> {
  const state = await scanned(registry, subscription);
  if (state.state !== 'known') return state;
  if (state.value.mode === 'off') return join([state], () => null);
  return join([state, await subscription.findings()], (_, found) => found);
}

export async function pushScanOf(
  registry: Described,
  subscription: SubscriptionFacts,
): Promise<RepositoryFacts['pushScan']> {
  return join([await scanned(registry, subscription)], (state) =>
    state.mode === 'on' ? { ...state, trigger: 'continuous' } : state,
  );
}

/** Once a day for 90 days after the push (Defender for Containers, vulnerability assessment). */
export async function rescanOf(
  registry: Described,
  subscription: SubscriptionFacts,
): Promise<RepositoryFacts['rescan']> {
  return join([await scanned(registry, subscription)], (state) =>
    state.mode === 'on' ? { mode: 'on', how: state.engine, days: 90 } : state,
  );
}

/**
 * Quarantine and gated deployment may refuse a vulnerable image, and the API does not return by which rule:
 * that they report is the most that can be told.
 */
export async function scanGateOf(
  registry: Described,
  subscription: SubscriptionFacts,
): Promise<RepositoryFacts['scanGate']> {
  const facts = [inRegistry(registry, quarantine), await subscription.defender()] as const;
  return join(facts, (holds, { gate }) => ({ mode: holds || gate ? 'reports-only' : 'none' }));
}

/** Policies of Azure that look at signatures. Without one the cluster may still verify, unseen from here. */
export async function signatureGateOf(
  subscription: SubscriptionFacts,
): Promise<RepositoryFacts['signatureGate']> {
  const policies = await subscription.signaturePolicies();
  if (policies.state !== 'known') return gapOf(policies);
  const [policy] = policies.value;
  if (policy === undefined) return unsupported(notHere);
  return join([policies], () => {
    const { name, effect, enforced } = policy;
    if (effect === 'audit' || !enforced) return { mode: 'audit-only' };
    throw new Inconclusive(
      `policy assignment ${name} looks at signatures, but whether it refuses an image is not told`,
    );
  });
}

const notHere =
  'ACR cannot refuse unsigned images, and no policy of Azure does here; the admission control of the cluster must';
