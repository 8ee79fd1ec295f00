import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';

const methods = ['webhook', 'slack', 'hipchat', 'flowdock', 'email', 'quay_notification'] as const;

type Webhook = ValueOf<RepositoryFacts['webhooks']>[number];

/** The notifications of a repository, as the raw entries: their addresses hold secrets. */
export function notificationEntries(raw: unknown): readonly JsonObject[] {
  return objectsAt(objectOf(raw, 'the notifications'), 'notifications');
}

/** Where a notification is sent over HTTP, by host alone; none: it is mail, or stays within Quay. */
export function webhook(entry: JsonObject): Webhook[] {
  switch (enumAt(entry, 'method', methods)) {
    case 'email':
    case 'quay_notification':
      return [];
    case 'hipchat':
      return [{ host: 'api.hipchat.com', transport: 'verified-tls' }];
    case 'flowdock':
      return [{ host: 'api.flowdock.com', transport: 'verified-tls' }];
    case 'webhook':
    case 'slack':
      return [targetOf(stringAt(objectAt(entry, 'config'), 'url'))];
  }
}

function targetOf(address: string): Webhook {
  if (!URL.canParse(address)) throw new DecodeError('the address of a notification cannot be read');
  const { protocol, host } = new URL(address);
  if (protocol === 'https:') return { host, transport: 'verified-tls' };
  if (protocol === 'http:') return { host, transport: 'plain-http' };
  throw new DecodeError('a notification is not sent over http');
}

/** The build triggers of a repository that are on, by the service that starts them. */
export function triggers(raw: unknown): readonly string[] {
  return objectsAt(objectOf(raw, 'the build triggers'), 'triggers')
    .filter((one) => booleanAt(one, 'is_active'))
    .map((one) => enumAt(one, 'service', ['github', 'gitlab', 'bitbucket', 'custom-git']));
}
