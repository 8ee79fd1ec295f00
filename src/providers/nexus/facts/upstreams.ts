import { DecodeError } from '../../../decode/fields.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { remote } from '../decode/repository.ts';
import type { RoutingRule } from '../decode/server.ts';
import type { Settings } from './settings.ts';

type Upstream = ValueOf<RegistryFacts['upstreams']>[number];

/** What proxies of images fetch from, and how much of it routing rules let through. */
export async function upstreams(settings: Settings): Promise<RegistryFacts['upstreams']> {
  const proxies = eachEntry(await settings.repositories(), (one) =>
    one.type === 'proxy' ? [{ name: one.name, ...remote(one) }] : [],
  );
  const ruled = 'value' in proxies && proxies.value.some(({ routingRule }) => routingRule !== null);
  const rules = ruled ? await settings.routingRules() : null;
  const found = rules !== null && 'value' in rules ? rules.value : [];
  const entries = eachEntry(proxies, ({ name, url, signsIn, routingRule }): Upstream[] => {
    const rule = found.find((one) => one.name === routingRule);
    if (routingRule !== null && rule === undefined) {
      if (rules !== null && rules.state !== 'known') return [];
      throw new DecodeError(`the routing rule ${routingRule} is not in the list`);
    }
    return [
      {
        prefix: name,
        url: addressOf(url),
        transport: /^http:/i.test(url) ? 'plain-http' : 'verified-tls',
        credential: signsIn ? 'stored' : 'none',
        takes: rule === undefined ? { mode: 'everything' } : takes(rule),
      },
    ];
  });
  const unread = rules === null ? [] : [eachEntry(rules, (): Upstream[] => [])];
  const whole = join([await settings.seesAll()], (): Upstream[] => []);
  return joinLists<Upstream>([entries, ...unread, whole]);
}

/** Scheme, host and path: a user or a query may hold secrets. */
function addressOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new DecodeError('remoteUrl is not an address');
  }
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** A rule narrows down only where it allows, and each expression certainly begins with a path. */
function takes({ mode, matchers }: RoutingRule): Upstream['takes'] {
  const narrow =
    mode === 'ALLOW' &&
    matchers.length > 0 &&
    matchers.every(
      (one) => !one.includes('|') && /^\^?\/v2\/[a-z0-9][a-z0-9_-]*\/(?![?*{])/.test(one),
    );
  return narrow ? { mode: 'part', prefix: matchers.join(', ') } : { mode: 'everything' };
}
