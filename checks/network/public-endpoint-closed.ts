import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { type AddressRange, addressCount, inside, parseRange } from '../../src/model/cidr.ts';

export const publicEndpointClosed = defineCheck({
  id: 'public-endpoint-closed',
  subject: 'registry',
  severity: 'high',
  impact: 'exposure',
  title: 'The registry is reachable only from the networks that need it',
  why: 'If the whole internet can reach the registry, one stolen credential is enough to read or replace its images.',
  checklist: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['networkAccess'],

  judge({ networkAccess }, { allowedNetworks }) {
    switch (networkAccess.mode) {
      case 'closed':
        return pass('public network access is disabled');
      case 'limited':
        return limited(networkAccess, allowedNetworks);
      case 'open':
        return fail(
          `reachable from any network${reasons[networkAccess.reason]}: ${networkAccess.detail}`,
        );
    }
  },
});

const reasons = { chosen: '', plan: ' on this plan' } as const;

/** Together one /16 of IPv4 and one /32 of IPv6: about what one organisation owns. */
const narrow = { ipv4: 2n ** 16n, ipv6: 2n ** 96n } as const;
/** A declaration of more than a quarter of the internet is a mistake. */
const widest = { ipv4: 2n ** 30n, ipv6: 2n ** 126n } as const;

interface Limits {
  readonly ranges: readonly string[];
  readonly networks: readonly string[];
}

function limited({ ranges, networks }: Limits, allowed: readonly string[]) {
  const unreadable = ranges.filter((text) => parseRange(text) === null);
  if (unreadable.length > 0) {
    return fail(`something other than an address range is allowed: ${enumerate(unreadable)}`);
  }
  const declared = allowed.length > 0;
  const undeclared = declared ? ranges.filter((text) => !liesIn(text, allowed)) : [];
  if (undeclared.length > 0) {
    return fail(`ranges outside expect.allowedNetworks are allowed: ${enumerate(undeclared)}`);
  }
  const { ipv4, ipv6 } = addressCount(parsed(ranges));
  const most = declared ? widest : narrow;
  const hint = declared ? '' : '; declare the intended ones in expect.allowedNetworks';
  if (ipv4 > most.ipv4 || ipv6 > most.ipv6) {
    return fail(
      `more addresses are allowed than one organisation has: ${enumerate(ranges)}${hint}`,
    );
  }
  const clients = enumerate([...ranges, ...networks]);
  return pass(clients === '' ? 'no network is allowed' : `only ${clients} can connect${hint}`);
}

function liesIn(range: string, allowed: readonly string[]): boolean {
  return parsed([range]).some((addresses) => inside(addresses, parsed(allowed)));
}

function parsed(texts: readonly string[]): AddressRange[] {
  return texts.flatMap((text) => parseRange(text) ?? []);
}
