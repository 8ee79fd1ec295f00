import { arrayAt, booleanAt, type JsonObject, objectAt, stringAt } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Denied, Inconclusive } from '../../facts.ts';
import { dataOf, wholeNodes } from './graphql.ts';

type Export = ValueOf<RegistryFacts['auditExport']>[number];
type Delivery = Export['delivers'];

/** The lists of destinations of a group; the older ones still deliver (docs, deprecations of 18.10). */
export const streamLists = [
  'externalAuditEventStreamingDestinations',
  'externalAuditEventDestinations',
  'googleCloudLoggingConfigurations',
  'amazonS3Configurations',
] as const;

/** The entries of queryStreams, of all lists. */
export function streams(raw: unknown): readonly (readonly [string, JsonObject])[] {
  const data = dataOf(raw);
  if (data['group'] === null) throw new Denied('GitLab answers null for the group', 'owner');
  const group = objectAt(data, 'group');
  return streamLists.flatMap((list) =>
    wholeNodes(group, list, 'Ultimate, and the role owner').map((node) => [list, node] as const),
  );
}

const ofInstance = 'auditEventsInstanceStreamingDestinations';

/** The entries of queryInstanceStreams. */
export function instanceStreams(raw: unknown): ReturnType<typeof streams> {
  return wholeNodes(dataOf(raw), ofInstance, 'Ultimate, and an administrator').map(
    (node) => [ofInstance, node] as const,
  );
}

/** A destination, by its host or name alone: addresses may hold secrets. */
export function auditDestination([list, node]: readonly [string, JsonObject]): readonly Export[] {
  const name = stringAt(node, 'name');
  switch (list) {
    case 'externalAuditEventStreamingDestinations':
    case ofInstance:
      return [unified(node, name)];
    case 'externalAuditEventDestinations':
      return [overHttp(stringAt(node, 'destinationUrl'), delivery(node))];
    case 'googleCloudLoggingConfigurations':
      return [{ kind: 'Google Cloud Logging', destination: name, delivers: delivery(node) }];
    default:
      return [{ kind: 'Amazon S3', destination: name, delivers: delivery(node) }];
  }
}

function unified(node: JsonObject, name: string): Export {
  const category = stringAt(node, 'category');
  const delivers = delivery(node);
  switch (category) {
    case 'http':
      return overHttp(stringAt(objectAt(node, 'config'), 'url'), delivers);
    case 'gcp':
      return { kind: 'Google Cloud Logging', destination: name, delivers };
    case 'aws':
      return { kind: 'Amazon S3', destination: name, delivers };
    default:
      throw new Inconclusive(`what the category ${category.slice(0, 60)} is, is not known here`);
  }
}

function overHttp(url: string, delivers: Delivery): Export {
  const host = hostOf(url);
  if (host === null) throw new Inconclusive('the address of a destination has no host');
  const plain = /^http:/i.test(url);
  return {
    kind: 'HTTP',
    destination: host,
    delivers: plain ? { mode: 'no', why: 'it is reached over http' } : delivers,
  };
}

/** Filters let through what they name, and nothing else. */
function delivery(node: JsonObject): Delivery {
  if (!booleanAt(node, 'active')) return { mode: 'no', why: 'it is switched off' };
  if (filters(node, 'eventTypeFilters') > 0) {
    return { mode: 'no', why: 'it gets some types of events alone' };
  }
  return filters(node, 'namespaceFilters') > 0
    ? { mode: 'no', why: 'it gets the events of some groups or projects alone' }
    : { mode: 'yes' };
}

/** Older lists have no filters to be asked for. */
function filters(node: JsonObject, key: string): number {
  return key in node ? arrayAt(node, key).length : 0;
}
