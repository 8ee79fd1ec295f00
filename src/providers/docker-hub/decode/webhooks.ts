import { DecodeError, type JsonObject, objectsAt, stringAt } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive } from '../../facts.ts';

type Webhooks = ValueOf<RepositoryFacts['webhooks']>;

/**
 * The targets of webhooks. Those over plain HTTP alone if there are any, since they decide; whether
 * Docker Hub verifies the certificates of the others is not documented.
 */
export function webhooks(entries: readonly JsonObject[]): Webhooks {
  const targets = entries
    .flatMap((entry) => objectsAt(entry, 'webhooks'))
    .map((webhook) => targetOf(stringAt(webhook, 'hook_url')));
  const plain = targets.filter(({ secure }) => !secure);
  if (plain.length === 0 && targets.length > 0) {
    const hosts = targets.map(({ host }) => host).slice(0, 3);
    throw new Inconclusive(
      `webhooks go to ${hosts.join(', ')} over HTTPS; whether certificates are verified is not documented`,
    );
  }
  return plain.map(({ host }) => ({ host, transport: 'plain-http' }));
}

function targetOf(url: string): { host: string; secure: boolean } {
  const host = hostOf(url);
  if (host === null) throw new DecodeError('a webhook has no readable address');
  if (/^https:\/\//i.test(url)) return { host, secure: true };
  if (/^http:\/\//i.test(url)) return { host, secure: false };
  throw new DecodeError('a webhook is neither http nor https');
}
