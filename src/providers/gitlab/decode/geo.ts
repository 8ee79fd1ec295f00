import {
  booleanAt,
  type JsonObject,
  numberAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { Inconclusive } from '../../facts.ts';

/** A site of Geo. */
export interface GeoSite {
  readonly id: number;
  readonly name: string;
  /** Whether it is a secondary one, and not switched off. */
  readonly copies: boolean;
  /** Whether it copies of all groups and storages. */
  readonly isWhole: boolean;
}

/** An entry of listGeoSites. */
export function geoSite(raw: unknown): GeoSite {
  const site = objectOf(raw, 'a site');
  const isPrimary = booleanAt(site, 'primary');
  const isWhole = site['selective_sync_type'] === null;
  if (!isWhole) stringAt(site, 'selective_sync_type');
  return {
    id: numberAt(site, 'id'),
    name: stringAt(site, 'name'),
    copies: booleanAt(site, 'enabled') && !isPrimary,
    isWhole,
  };
}

/** What a site last reported; the primary one reports null where the others count. */
export interface GeoStatus {
  readonly site: number;
  /** Whether it copies the registry, which takes a setting of its own. Throws `Inconclusive` for null. */
  readonly copiesImages: () => boolean;
  /** What keeps its copies from being whole; null: nothing. Throws `Inconclusive` as well. */
  readonly trouble: () => string | null;
}

/** An entry of listGeoStatuses. */
export function geoStatus(raw: unknown): GeoStatus {
  const status = objectOf(raw, 'a status');
  const shown = (key: string): JsonObject => {
    if (status[key] === null) throw new Inconclusive(`the site has not reported ${key}`);
    return status;
  };
  const enabled = 'container_repositories_replication_enabled';
  const failed = 'container_repositories_failed_count';
  return {
    site: numberAt(status, 'geo_node_id'),
    copiesImages: () => booleanAt(shown(enabled), enabled),
    trouble: () => {
      if (!booleanAt(shown('healthy'), 'healthy')) return 'is not healthy';
      const count = numberAt(shown(failed), failed);
      return count === 0 ? null : `could not copy ${count} repositories`;
    },
  };
}
