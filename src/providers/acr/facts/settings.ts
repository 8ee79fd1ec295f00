import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { join, known } from '../../facts.ts';
import { eachEntry, gapOf } from '../../parts.ts';
import { type CacheRule, type CredentialSet, cacheRule, credentialSet } from '../decode/cache.ts';
import { delegation } from '../decode/delegation.ts';
import { type Denial, denial } from '../decode/denial.ts';
import { type Recorder, recorder } from '../decode/diagnostics.ts';
import { type EdgeRegistry, edgeRegistry } from '../decode/edge.ts';
import {
  cachesWritable,
  type Described,
  ownKey,
  replicaPlaces,
  softDeleteDays,
} from '../decode/registry.ts';
import { type Assignment, assignment, ownAmong } from '../decode/roles.ts';
import { type Task, task, taskOf } from '../decode/tasks.ts';
import { type ScopeMap, scopeMap, type Token, token } from '../decode/tokens.ts';
import { target, type Webhook, webhook } from '../decode/webhooks.ts';
import type { AcrApi } from '../wire/api.ts';
import type { RestCall } from '../wire/arm.ts';
import { delegationsCall } from './subscription.ts';

/** What a registry's settings are made of; each is asked once, when a fact first needs it. */
export type Settings = ReturnType<typeof settings>;

export function settings(
  api: AcrApi,
  registry: Described,
  keyTroubleOf: (identifier: string) => Promise<Fact<string | null>>,
) {
  const { subscription, group, name, plan } = registry;
  const path = registryPath(registry);
  const below = `${path}/providers`;
  const roleCall = (type: string, version: string): RestCall => ({
    path: `${below}/Microsoft.Authorization/${type}`,
    version,
    query: '&$filter=atScope()',
  });
  /** Things that only the Premium plan has are not asked for on the others. */
  const premium = <T>(ask: () => Promise<Fact<readonly T[]>>): Promise<Fact<readonly T[]>> =>
    plan === 'Premium' ? ask() : Promise.resolve(known('Registries_Get', '', () => []));

  const tokens = once(async (): Promise<Fact<readonly Token[]>> => {
    const listed = await api.list(
      'Tokens_List',
      subscription,
      ({ tokens }, options) => tokens.list(group, name, options),
      (entries) => entries,
    );
    return eachEntry(listed, (entry) => [token(entry)]);
  });
  const rules = once(async (): Promise<Fact<readonly CacheRule[]>> => {
    const listed = await api.list(
      'CacheRules_List',
      subscription,
      ({ cacheRules }, options) => cacheRules.list(group, name, options),
      (entries) => entries,
    );
    return eachEntry(listed, (entry) => [cacheRule(entry)]);
  });
  return {
    tokens,
    /** Skipped when the registry has no token. */
    scopeMaps: once(async (): Promise<Fact<readonly ScopeMap[]>> => {
      const all = await tokens();
      if (all.state === 'known' && all.value.length === 0) return join([all], () => []);
      const listed = await api.list(
        'ScopeMaps_List',
        subscription,
        ({ scopeMaps }, options) => scopeMaps.list(group, name, options),
        (entries) => entries,
      );
      return eachEntry(listed, (entry) => [scopeMap(entry)]);
    }),
    webhooks: once(async (): Promise<Fact<readonly Webhook[]>> => {
      const listed = await api.list(
        'Webhooks_List',
        subscription,
        ({ webhooks }, options) => webhooks.list(group, name, options),
        (entries) => entries,
      );
      return eachEntry(listed, (entry) => [webhook(entry)].filter(({ enabled }) => enabled));
    }),
    webhookTarget: oncePer((hook: string) =>
      api.get(
        'Webhooks_GetCallbackConfig',
        subscription,
        ({ webhooks }, options) => webhooks.getCallbackConfig(group, name, hook, options),
        target,
      ),
    ),
    replicas: once(() =>
      premium(() =>
        api.list(
          'Replications_List',
          subscription,
          ({ replications }, options) => replications.list(group, name, options),
          replicaPlaces,
        ),
      ),
    ),
    cacheRules: rules,
    /** Whether cached repositories accept pushes. Only a preview API version returns it. */
    cachesWritable: once(async (): Promise<Fact<boolean>> => {
      const all = await rules();
      if (!('value' in all)) return gapOf(all);
      if (all.value.length === 0) return join([all], () => false);
      return api.rest(
        'Registries_GetCachePreview',
        { path, version: '2026-09-01-preview' },
        (raw) => cachesWritable(raw, path),
      );
    }),
    /** Not asked for where no rule uses one. */
    credentialSets: once(async (): Promise<Fact<readonly CredentialSet[]>> => {
      const all = await rules();
      if (!('value' in all)) return all;
      if (
        all.state === 'known' &&
        all.value.every(({ credentialSetId }) => credentialSetId === null)
      ) {
        return join([all], () => []);
      }
      return api.list(
        'CredentialSets_List',
        subscription,
        ({ credentialSets }, options) => credentialSets.list(group, name, options),
        (entries) => entries.map(credentialSet),
      );
    }),
    edges: once(async (): Promise<Fact<readonly EdgeRegistry[]>> => {
      const listed = await premium(() =>
        api.list(
          'ConnectedRegistries_List',
          subscription,
          ({ connectedRegistries }, options) => connectedRegistries.list(group, name, options),
          (entries) => entries,
        ),
      );
      return eachEntry(listed, (entry) => [edgeRegistry(entry)]);
    }),
    tasks: once(async (): Promise<Fact<readonly Task[]>> => {
      const call = { path: `${path}/tasks`, version: '2019-04-01' };
      const listed = await api.restList('Tasks_List', call, (entries) => entries);
      return eachEntry(listed, (entry) => [task(taskOf(name, entry))]);
    }),
    recorders: once(() =>
      api.restList(
        'DiagnosticSettings_List',
        { path: `${below}/Microsoft.Insights/diagnosticSettings`, version: '2021-05-01-preview' },
        (entries): readonly Recorder[] => entries.map(recorder),
      ),
    ),
    /** Assignments at the registry and above it. */
    assignments: once(async (): Promise<Fact<readonly Assignment[]>> => {
      const listed = await api.restList(
        'RoleAssignments_ListForScope',
        roleCall('roleAssignments', '2022-04-01'),
        ownAmong,
      );
      return eachEntry(listed, (entry) => [assignment(entry, 'assigned')]);
    }),
    /** Roles at the registry and above it that somebody may activate (Privileged Identity Management). */
    eligible: once(async (): Promise<Fact<readonly Assignment[]>> => {
      const listed = await api.restList(
        'RoleEligibilityScheduleInstances_List',
        roleCall('roleEligibilityScheduleInstances', '2020-10-01'),
        (entries) => entries,
      );
      return eachEntry(listed, (entry) => [assignment(entry, 'eligible')]);
    }),
    /** Deny assignments at the registry and above it. */
    denials: once(async (): Promise<Fact<readonly Denial[]>> => {
      const listed = await api.restList(
        'DenyAssignments_List',
        roleCall('denyAssignments', '2022-04-01'),
        (entries) => entries,
      );
      return eachEntry(listed, (entry) => [denial(entry)]);
    }),
    /** What of the registry's resource group is delegated to other tenants. */
    delegations: once(async (): Promise<Fact<readonly Assignment[]>> => {
      const scope = `/subscriptions/${encodeURIComponent(subscription)}/resourceGroups/${encodeURIComponent(group)}`;
      const listed = await api.restList(
        'RegistrationAssignments_ListForGroup',
        delegationsCall(scope),
        (entries) => entries,
      );
      return eachEntry(listed, delegation);
    }),
    /** Why the registry's own key does not work; null: it does, or there is none. */
    keyTrouble: once(async (): Promise<Fact<string | null>> => {
      const key = inRegistry(registry, ownKey);
      if (key.state !== 'known') return key;
      const { value } = key;
      return value === null ? join([key], () => null) : keyTroubleOf(value.identifier);
    }),
    /** Only preview versions of the API tell of soft delete. */
    softDeleteDays: once(() =>
      api.rest('Registries_GetPreview', { path, version: '2025-06-01-preview' }, (raw) =>
        softDeleteDays(raw, path),
      ),
    ),
  };
}

/** A fact decoded from the Registries_Get response. */
export function inRegistry<T>(registry: Described, decode: (registry: Described) => T): Fact<T> {
  const permission = 'Microsoft.ContainerRegistry/registries/read';
  return known('Registries_Get', permission, () => decode(registry));
}

/** The resource path of a registry. The segments come from a response and are encoded. */
export function registryPath({
  subscription,
  group,
  name,
}: Pick<Described, 'subscription' | 'group' | 'name'>): string {
  const [a, b, c] = [subscription, group, name].map(encodeURIComponent);
  return `/subscriptions/${a}/resourceGroups/${b}/providers/Microsoft.ContainerRegistry/registries/${c}`;
}
