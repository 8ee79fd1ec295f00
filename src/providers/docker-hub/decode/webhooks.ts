import { DecodeError, type JsonObject, objectsAt, stringAt } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive } from '../../facts.ts';

type Webhook = ValueOf<RepositoryFacts['webhooks']>[number];

/**
 * The targets of a webhook. Throws `Inconclusive` for one over HTTPS: whether Docker Hub verifies its
 * certificate is not documented.
 */
export function webhook(entry: JsonObject): readonly Webhook[] {
  const targets = objectsAt(entry, 'webhooks').map((one) => targetOf(stringAt(one, 'hook_url')));
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
