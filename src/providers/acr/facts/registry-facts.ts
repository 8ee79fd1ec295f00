import { textEntriesAt } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { Collectors } from '../../collectors.ts';
import { unsupported } from '../../contract.ts';
import { Inconclusive, join } from '../../facts.ts';
import { eachEntry, joinLists, withRest } from '../../parts.ts';
import { upstream } from '../decode/cache.ts';
import {
  idleRanges,
  networkAccess,
  networkBypass,
  privateEndpoints,
  publicPath,
  rulesWithoutPlan,
} from '../decode/network.ts';
import {
  anonymousPull,
  contentTrust,
  type Described,
  dedicatedDataEndpoints,
  exportAllowed,
  retentionStored,
} from '../decode/registry.ts';
import { hiddenTaskLogins } from '../provides.ts';
import type { RegistryAccess } from './access.ts';
import { auditExport, auditLog, auditRetention } from './audit.ts';
import { pushScanOf } from './scanning.ts';
import { inRegistry, type Settings } from './settings.ts';
import type { SubscriptionFacts } from './subscription.ts';

export interface RegistrySources {
  readonly registry: Described;
  readonly settings: Settings;
  readonly subscription: SubscriptionFacts;
  readonly access: RegistryAccess;
}

/** How each fact of a registry is learnt. */
export function registryCollectors(sources: RegistrySources): Collectors<'registry'> {
  const { registry, settings, subscription, access } = sources;
  const read = <T>(decode: (registry: Described) => T) => inRegistry(registry, decode);
  return {
    ...access.collectors,
    anonymousCatalog: async () =>
      read((one) =>
        anonymousPull(one) ? { mode: 'listed', how: 'anonymous pull is on' } : { mode: 'hidden' },
      ),
    networkAccess: async () => read(networkAccess),
    networkBypass: async () => {
      const rules = read(networkAccess);
      if (rules.state === 'known' && rules.value.mode === 'open') return unsupported(noRules);
      return join([rules, read(networkBypass)], (_, bypass) => bypass);
    },
    privateEndpoints: async () => read(privateEndpoints),
    dataExport: async () => read(dataExport),
    auditLog: () => auditLog(settings, subscription),
    auditExport: () => auditExport(settings),
    auditRetention: () => auditRetention(settings, subscription),
    upstreams: async () => eachEntry(await settings.cacheRules(), (rule) => [upstream(rule)]),
    newRepositories: () => newRepositories(sources),
    buildTasks: () => buildTasks(settings),
    edgeRegistries: () => edgeRegistries(settings),
    settingsInForce: () => settingsInForce(sources),
    labels: async () => read(({ raw }) => textEntriesAt(raw, 'tags')),
  };
}

const noRules = 'reachable from any network, so there are no rules to bypass';

/** Export is blocked when both the policy and the public path are off (built-in policy 524b0254). */
function dataExport(registry: Described): ValueOf<RegistryFacts['dataExport']> {
  if (exportAllowed(registry)) {
    const plan = registry.plan === 'Premium' ? '' : `, and only the Premium plan can forbid it`;
    return { mode: 'open', how: `its export policy allows it${plan}` };
  }
  if (publicPath(registry)) {
    return { mode: 'open', how: 'its export policy has no effect while public access is on' };
  }
  const endpoints = dedicatedDataEndpoints(registry)
    ? 'dedicated data endpoints are on'
    : 'clients need egress to all of Azure Storage, because dedicated data endpoints are off';
  return { mode: 'blocked', by: `its export policy with public access off; ${endpoints}` };
}

async function newRepositories({
  registry,
  settings,
  subscription,
}: RegistrySources): Promise<RegistryFacts['newRepositories']> {
  const scan = await pushScanOf(registry, subscription);
  const common = join([inRegistry(registry, anonymousPull), scan], (anonymous, { mode }) => ({
    visibility: anonymous ? ('public' as const) : ('private' as const),
    pushScan: mode === 'on' ? ('on' as const) : ('off' as const),
  }));
  const byPush = join([common], (start): NewRepository[] => [
    { ...start, origin: 'created by a push', tagLock: { mode: 'chosen-by-creator' } },
  ]);
  const locks = join([common, await settings.cachesWritable()], (start, writable) => ({
    ...start,
    tagLock: writable
      ? ({ mode: 'chosen-by-creator' } as const)
      : ({ mode: 'not-needed', why: 'a cache must be able to refresh its tags' } as const),
  }));
  const rules = await settings.cacheRules();
  const cached =
    locks.state === 'known'
      ? eachEntry(rules, ({ target }) => [{ ...locks.value, origin: `cached as ${target}` }])
      : join([locks, rules], (): NewRepository[] => []);
  return joinLists<NewRepository>([byPush, cached]);
}

type NewRepository = ValueOf<RegistryFacts['newRepositories']>[number];

/** The visible credentials of each task; credentials that the API hides are missing parts of the list. */
async function buildTasks(settings: Settings): Promise<RegistryFacts['buildTasks']> {
  const tasks = await settings.tasks();
  const visible = eachEntry(tasks, ({ name, pushes, credentials }) => [
    { name, pushes, credentials: [...credentials] },
  ]);
  if (visible.state === 'unsupported' || !('value' in tasks)) return visible;
  const hidesSome = tasks.value.some(({ hidden }) => hidden.length > 0);
  return hidesSome ? withRest(visible, hiddenTaskLogins) : visible;
}

/** Connected registries. One that was never activated does not serve clients. */
async function edgeRegistries(settings: Settings): Promise<RegistryFacts['edgeRegistries']> {
  return eachEntry(await settings.edges(), ({ name, mode, transport, audit }) =>
    transport === 'not-serving' ? [] : [{ name, mode, transport, audit }],
  );
}

/** Stored rules and policies that the plan or another setting makes ineffective. */
function idleRules(registry: Described): readonly string[] {
  const { plan } = registry;
  return [
    ...(idleRanges(registry).length > 0
      ? ['address rules, while the default action is Allow']
      : []),
    ...(rulesWithoutPlan(registry) ? [`network rules, which the ${plan} plan does not have`] : []),
    ...(plan !== 'Premium' && retentionStored(registry)
      ? [`a retention policy, which the ${plan} plan does not have`]
      : []),
  ];
}

/** Settings that are stored and without effect. */
async function settingsInForce({
  registry,
  settings,
}: RegistrySources): Promise<RegistryFacts['settingsInForce']> {
  const facts = [
    inRegistry(registry, contentTrust),
    inRegistry(registry, idleRules),
    inRegistry(registry, networkAccess),
    await settings.cacheRules(),
    await settings.credentialSets(),
  ] as const;
  return join(facts, (trust, idle, access, rules, sets) => {
    const stored = [
      ...(trust ? ['content trust, which is retired and verifies nothing'] : []),
      ...idle,
      ...sets
        .filter(({ healthy }) => !healthy)
        .map(({ name }) => `credential set ${name}, whose login to the upstream is refused`),
    ];
    const listed = new Set(sets.map(({ id }) => id));
    const loose = rules.find(
      ({ credentialSetId }) => credentialSetId !== null && !listed.has(credentialSetId),
    );
    if (stored.length === 0 && loose !== undefined) {
      throw new Inconclusive(
        `the credential set of the rule for ${loose.target} is not among those listed`,
      );
    }
    if (stored.length > 0) return { mode: 'no', stored: stored.join('; ') };
    const working = access.mode === 'limited' || sets.length > 0;
    return working ? { mode: 'yes' } : { mode: 'nothing-stored' };
  });
}
