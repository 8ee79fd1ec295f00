import {
  DecodeError,
  type JsonObject,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { matches } from '../../../model/wildcard.ts';
import { onOff, wordIn } from './words.ts';

export interface Webhook {
  readonly name: string;
  readonly enabled: boolean;
  /** `repository`, `repository:tag`, with `*` for several; empty: everything. */
  readonly scope: string;
}

export function webhook(entry: JsonObject): Webhook {
  const properties = objectAt(entry, 'properties');
  const { scope } = properties;
  if (typeof scope !== 'string' && scope !== undefined && scope !== null) {
    throw new DecodeError('scope is not text');
  }
  return {
    name: stringAt(entry, 'name'),
    enabled: wordIn(properties, 'status', onOff) === 'enabled',
    scope: typeof scope === 'string' ? scope : '',
  };
}

/** Whether events of a repository go to the webhook; a scope of some tags counts. */
export function concerns({ scope }: Webhook, repository: string): boolean {
  if (scope === '') return true;
  const [repositories = ''] = scope.split(':');
  return matches(repositories, repository);
}

type Target = ValueOf<RepositoryFacts['webhooks']>[number];

/**
 * Where a webhook goes: the host and whether it is spoken to in the clear. Path, query and the custom
 * headers of the answer may hold secrets and end here. The certificate of an https target is verified
 * (webhook guide).
 */
export function target(raw: unknown): Target {
  const address = stringAt(objectOf(raw, 'the answer'), 'serviceUri');
  const host = hostOf(address);
  const scheme = address.slice(0, address.indexOf('://')).toLowerCase();
  if (host === null || (scheme !== 'https' && scheme !== 'http')) {
    throw new DecodeError('serviceUri is not an http or https address');
  }
  return { host, transport: scheme === 'https' ? 'verified-tls' : 'plain-http' };
}
