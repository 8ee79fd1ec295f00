import {
  booleanAt,
  groupsOf,
  type JsonObject,
  maybeObjects,
  maybeString,
  objectAt,
  stringAt,
} from '../../../decode/fields.ts';
import { nameOfId, partOfId } from './words.ts';

/** A diagnostic setting: what it sends on, and where. Only what is enabled counts. */
export interface Recorder {
  readonly name: string;
  /** Pushes, pulls and deletions. */
  readonly repositoryEvents: boolean;
  readonly loginEvents: boolean;
  /** Changes of settings, of a whole subscription's activity log. */
  readonly administration: boolean;
  readonly destinations: readonly Destination[];
}

export interface Destination {
  readonly kind: string;
  /** `SUBSCRIPTION/GROUP/NAME`, or the name where that is unique in all of Azure. */
  readonly name: string;
  /** The path of a workspace; null: of another kind, or not the id of one. */
  readonly workspace: string | null;
}

/** An entry of a list of diagnostic settings, of a registry or a subscription. */
export function recorder(entry: JsonObject): Recorder {
  const properties = objectAt(entry, 'properties');
  const sent = maybeObjects(properties, 'logs').filter((log) => booleanAt(log, 'enabled'));
  const words = sent.flatMap((log) => [
    maybeString(log, 'category'),
    maybeString(log, 'categoryGroup'),
  ]);
  const sends = (...wanted: readonly string[]) =>
    words.some((word) => word !== null && wanted.includes(word));
  return {
    name: stringAt(entry, 'name'),
    repositoryEvents: sends('ContainerRegistryRepositoryEvents', 'allLogs', 'audit'),
    loginEvents: sends('ContainerRegistryLoginEvents', 'allLogs', 'audit'),
    administration: sends('Administrative'),
    destinations: destinationsOf(properties),
  };
}

const kinds = [
  ['workspaceId', 'workspace', 'workspaces'],
  ['storageAccountId', 'storage account', 'storageAccounts'],
  ['eventHubAuthorizationRuleId', 'event hub namespace', 'namespaces'],
  ['marketplacePartnerId', 'partner solution', ''],
] as const;

function destinationsOf(properties: JsonObject): Destination[] {
  return kinds.flatMap(([key, kind, type]) => {
    const id = maybeString(properties, key);
    if (id === null) return [];
    return [{ kind, name: destinationName(id, type), workspace: workspacePath(id) }];
  });
}

const workspaceId =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.OperationalInsights\/workspaces\/([^/]+)$/i;

function workspacePath(id: string): string | null {
  const parts = groupsOf(workspaceId, id).filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  const [subscription, group, name] = parts.map(encodeURIComponent);
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.OperationalInsights/workspaces/${name}`;
}

/** Names of workspaces repeat between groups, those of accounts and namespaces do not. */
function destinationName(id: string, type: string): string {
  const named = partOfId(id, type);
  const name = named === null ? nameOfId(id) : named;
  if (type !== 'workspaces') return name;
  const parts = [partOfId(id, 'subscriptions'), partOfId(id, 'resourceGroups'), name];
  return parts.filter((part) => part !== null).join('/');
}
