import {
  DecodeError,
  type JsonObject,
  maybeString,
  objectAt,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { matches } from '../../../model/wildcard.ts';
import { wordIn } from './words.ts';

/** A rule of the artifact cache: pulls of `target` are answered from `source`. */
export interface CacheRule {
  readonly source: string;
  readonly target: string;
  /** Lower case; null: the upstream is asked without a login. */
  readonly credentialSetId: string | null;
}

export function cacheRule(entry: JsonObject): CacheRule {
  const properties = objectAt(entry, 'properties');
  const set = maybeString(properties, 'credentialSetResourceId');
  return {
    source: stringAt(properties, 'sourceRepository'),
    target: stringAt(properties, 'targetRepository'),
    credentialSetId: set === null ? null : set.toLowerCase(),
  };
}

/** A login for an upstream; the secrets themselves stay in a key vault. */
export interface CredentialSet {
  readonly id: string;
  readonly name: string;
  readonly healthy: boolean;
}

export function credentialSet(entry: JsonObject): CredentialSet {
  const credentials = objectsAt(objectAt(entry, 'properties'), 'authCredentials');
  if (credentials.length === 0) throw new DecodeError('authCredentials is empty');
  return {
    id: stringAt(entry, 'id').toLowerCase(),
    name: stringAt(entry, 'name'),
    healthy: credentials.every(
      (one) =>
        wordIn(objectAt(one, 'credentialHealth'), 'status', ['Healthy', 'Unhealthy']) === 'Healthy',
    ),
  };
}

/** The rule as an upstream. ACR speaks to upstreams over HTTPS alone (artifact cache guide). */
export function upstream(rule: CacheRule): ValueOf<RegistryFacts['upstreams']>[number] {
  const slash = rule.source.indexOf('/');
  if (slash < 1) throw new DecodeError('sourceRepository has no host');
  const path = rule.source.slice(slash + 1);
  return {
    prefix: rule.target,
    url: `https://${rule.source}`,
    transport: 'verified-tls',
    credential: rule.credentialSetId === null ? 'none' : 'stored',
    takes: /^[*/]+$/.test(path) ? { mode: 'everything' } : { mode: 'part', prefix: path },
  };
}

/**
 * The upstream whose cache a repository is; null: images are pushed to it. A rule that claims every name
 * says of none that it is a cache.
 */
export function cacheOf(rules: readonly CacheRule[], repository: string): string | null {
  const rule = rules.find(({ target }) => target !== '*' && matches(target, repository));
  return rule === undefined ? null : rule.source;
}
