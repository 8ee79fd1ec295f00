import { booleanAt, DecodeError, objectOf, stringAt } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';

type Webhook = ValueOf<RepositoryFacts['webhooks']>[number];

/** An entry of listHooks or listGroupHooks, by its host alone: the address may hold a secret. */
export function webhook(raw: unknown): Webhook {
  const entry = objectOf(raw, 'a webhook');
  const verifies = booleanAt(entry, 'enable_ssl_verification');
  const url = stringAt(entry, 'url');
  const host = hostOf(url);
  if (host === null || !/^https?:/i.test(url)) throw new DecodeError('url is no address');
  if (/^http:/i.test(url)) return { host, transport: 'plain-http' };
  return { host, transport: verifies ? 'verified-tls' : 'unverified-tls' };
}
