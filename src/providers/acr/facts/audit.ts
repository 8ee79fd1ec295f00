import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive, join } from '../../facts.ts';
import type { Recorder } from '../decode/diagnostics.ts';
import type { Settings } from './settings.ts';
import type { SubscriptionFacts } from './subscription.ts';

/*
 * Azure keeps 90 days of changes to settings in the activity log by itself, but no push and no pull.
 * Only what a diagnostic setting sends on counts as an audit log here.
 */

type AuditLog = ValueOf<RegistryFacts['auditLog']>;

export async function auditLog(
  settings: Settings,
  subscription: SubscriptionFacts,
): Promise<RegistryFacts['auditLog']> {
  return join([await settings.recorders(), await subscription.activityLog()], logOf);
}

function logOf(ofRegistry: readonly Recorder[], ofSubscription: readonly Recorder[]): AuditLog {
  const own = ofRegistry.filter(recordsRegistry);
  const administration = ofSubscription.filter((one) => one.administration && arrives(one));
  if (own.length === 0 && administration.length === 0) {
    return { mode: 'off', why: offBecause(ofRegistry) };
  }
  const events = own.some(({ repositoryEvents }) => repositoryEvents);
  return {
    mode: 'on',
    administration: administration.length > 0,
    push: events,
    pull: events,
    by: [
      ...own.map(({ name }) => `diagnostic setting ${name}`),
      ...administration.map(({ name }) => `activity log setting ${name}`),
    ],
  };
}

function recordsRegistry(one: Recorder): boolean {
  return (one.repositoryEvents || one.loginEvents) && arrives(one);
}

function arrives({ destinations }: Recorder): boolean {
  return destinations.length > 0;
}

function offBecause(recorders: readonly Recorder[]): string {
  if (recorders.length === 0) return 'the registry has no diagnostic setting';
  const names = recorders.map(({ name }) => name).join(', ');
  return `no event of the registry is enabled in diagnostic setting ${names}`;
}

/** Where pushes and pulls are sent. A metrics-only setting sends nothing of the kind. */
export async function auditExport(settings: Settings): Promise<RegistryFacts['auditExport']> {
  return join([await settings.recorders()], (recorders) =>
    recorders
      .filter(({ repositoryEvents }) => repositoryEvents)
      .flatMap(({ destinations }) =>
        destinations.map(({ kind, name }) => ({
          kind,
          destination: name,
          delivers: { mode: 'yes' as const },
        })),
      ),
  );
}

/**
 * How long pushes are kept: as long as the workspace keeps them that keeps them longest; without a setting
 * they are not kept for a day. Other destinations have settings of their own, which are not read. The
 * activity log cannot be disabled, and records every change of a setting and of a workspace.
 */
export async function auditRetention(
  settings: Settings,
  subscription: Pick<SubscriptionFacts, 'keptIn'>,
): Promise<RegistryFacts['auditRetention']> {
  const recorders = await settings.recorders();
  const places = join([recorders], (all) =>
    all
      .filter(({ repositoryEvents }) => repositoryEvents)
      .flatMap(({ destinations }) => destinations)
      .map(({ name, workspace }) => {
        if (workspace !== null) return workspace;
        throw new Inconclusive(`how long ${name} keeps the log is set there and is not read`);
      }),
  );
  if (places.state !== 'known') return places;
  const days = await Promise.all([...new Set(places.value)].map(subscription.keptIn));
  return join([places, ...days], (_, ...kept) => ({
    mode: 'days',
    days: Math.max(0, ...kept),
    switchOff: 'evident',
  }));
}
