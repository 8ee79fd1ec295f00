import {
  booleanAt,
  DecodeError,
  type JsonObject,
  maybeObject,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { maybeWordIn, onOff, partOfId, wordIn } from './words.ts';

/** What names a registry, and the plan it is on. */
export interface Described {
  readonly id: string;
  readonly subscription: string;
  readonly group: string;
  readonly name: string;
  readonly location: string;
  readonly plan: Plan;
  readonly loginServer: string;
  /** The resource as it stood on the wire. */
  readonly raw: JsonObject;
  /** `properties` as they stood on the wire. */
  readonly properties: JsonObject;
}

export type Plan = 'Basic' | 'Standard' | 'Premium' | 'Classic';
const plans = ['Basic', 'Standard', 'Premium', 'Classic'] as const;

/** Reads a registry of Registries_List or Registries_Get. */
export function described(raw: unknown): Described {
  const answer = objectOf(raw, 'the answer');
  const id = stringAt(answer, 'id');
  const properties = objectAt(answer, 'properties');
  return {
    id,
    ...placeOf(id),
    name: stringAt(answer, 'name'),
    location: stringAt(answer, 'location'),
    plan: wordIn(objectAt(answer, 'sku'), 'name', plans),
    loginServer: stringAt(properties, 'loginServer'),
    raw: answer,
    properties,
  };
}

/** As `described`, of a registry that was asked for by its name. */
export function describedAs(raw: unknown, name: string): Described {
  const registry = described(raw);
  if (registry.name.toLowerCase() === name.toLowerCase()) return registry;
  throw new DecodeError('the answer is about another registry');
}

function placeOf(id: string): { subscription: string; group: string } {
  const subscription = partOfId(id, 'subscriptions');
  const group = partOfId(id, 'resourceGroups');
  if (subscription !== null && group !== null) return { subscription, group };
  throw new DecodeError('id is not the id of a registry');
}

/** Whether anonymous pull is on. Throws for API versions without the field. */
export function anonymousPull({ properties }: Described): boolean {
  return booleanAt(properties, 'anonymousPullEnabled');
}

export function adminUser({ properties }: Described): boolean {
  return booleanAt(properties, 'adminUserEnabled');
}

/** Whether roles can be limited to repositories; the words of the API. */
export function roleMode({ properties }: Described): 'abac' | 'legacy' {
  const modes = ['AbacRepositoryPermissions', 'LegacyRegistryPermissions'] as const;
  return wordIn(properties, 'roleAssignmentMode', modes) === modes[0] ? 'abac' : 'legacy';
}

/** Absent means enabled (built-in policy 42781ec6, which reads it the same way). */
export function armTokens({ properties }: Described): boolean {
  const policies = maybeObject(properties, 'policies');
  if (policies === null) return true;
  const policy = maybeObject(policies, 'azureADAuthenticationAsArmPolicy');
  return policy === null || maybeWordIn(policy, 'status', onOff) !== 'disabled';
}

/** Docker Content Trust, which is retired; absent: it never was enabled. */
export function contentTrust(registry: Described): boolean {
  const policy = maybeObject(policiesOf(registry), 'trustPolicy');
  return policy !== null && maybeWordIn(policy, 'status', onOff) === 'enabled';
}

export function quarantine(registry: Described): boolean {
  return wordIn(objectAt(policiesOf(registry), 'quarantinePolicy'), 'status', onOff) === 'enabled';
}

export function exportAllowed(registry: Described): boolean {
  return wordIn(objectAt(policiesOf(registry), 'exportPolicy'), 'status', onOff) === 'enabled';
}

/** Days until an untagged manifest is deleted; null: the policy is off, `days` then shows the default. */
export function untaggedDays(registry: Described): number | null {
  const policy = objectAt(policiesOf(registry), 'retentionPolicy');
  return wordIn(policy, 'status', onOff) === 'enabled' ? numberAt(policy, 'days') : null;
}

/** Whether a retention policy is enabled on any plan. Absent means never enabled. */
export function retentionStored({ properties }: Described): boolean {
  const policies = maybeObject(properties, 'policies');
  const policy = policies === null ? null : maybeObject(policies, 'retentionPolicy');
  return policy !== null && wordIn(policy, 'status', onOff) === 'enabled';
}

/**
 * Whether images can be pushed to repositories that a cache rule fills. In: an answer of a version of the
 * API that has the field; null: the cloud has no such version, and so no such repositories.
 */
export function cachesWritable(raw: unknown, path: string): boolean {
  if (raw === null) return false;
  const properties = propertiesOf(raw, path);
  return wordIn(properties, 'writableCacheRepos', ['Enabled', 'Disabled']) === 'Enabled';
}

/** The properties of the registry at a path. Throws when the answer is about another resource. */
function propertiesOf(raw: unknown, path: string): JsonObject {
  const answer = objectOf(raw, 'the answer');
  if (decodeURIComponent(path).toLowerCase() !== stringAt(answer, 'id').toLowerCase()) {
    throw new DecodeError('the answer is about another resource');
  }
  return objectAt(answer, 'properties');
}

function policiesOf({ properties }: Described): JsonObject {
  return objectAt(properties, 'policies');
}

/** The key a registry is encrypted with; null: Microsoft's own. */
export interface OwnKey {
  readonly identifier: string;
  /** Whether the registry follows the newest version of the key. */
  readonly rotates: boolean;
}

export function ownKey({ properties }: Described): OwnKey | null {
  const encryption = objectAt(properties, 'encryption');
  if (wordIn(encryption, 'status', onOff) === 'disabled') return null;
  const key = objectAt(encryption, 'keyVaultProperties');
  return {
    identifier: stringAt(key, 'keyIdentifier'),
    rotates: booleanAt(key, 'keyRotationEnabled'),
  };
}

/** Days for which a deleted artifact can be brought back; null: soft delete is off. */
export function softDeleteDays(raw: unknown, path: string): number | null {
  const policies = objectAt(propertiesOf(raw, path), 'policies');
  const policy = objectAt(policies, 'softDeletePolicy');
  return wordIn(policy, 'status', onOff) === 'enabled' ? numberAt(policy, 'retentionDays') : null;
}

/** The location under one spelling: `West Europe` and `westeurope` are one. */
export function region(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}

/** The places a registry has copies in; only those that are up count. */
export function replicaPlaces(entries: readonly JsonObject[]): readonly string[] {
  const states = ['Creating', 'Updating', 'Deleting', 'Succeeded', 'Failed', 'Canceled'] as const;
  return entries.flatMap((entry) => {
    const location = region(stringAt(entry, 'location'));
    const state = wordIn(objectAt(entry, 'properties'), 'provisioningState', states);
    return state === 'Succeeded' || state === 'Updating' ? [location] : [];
  });
}

export function dedicatedDataEndpoints({ properties }: Described): boolean {
  return booleanAt(properties, 'dataEndpointEnabled');
}
