import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { type AddressRange, addressCount, inside, parseRange } from '../../src/model/cidr.ts';

export const publicEndpointClosed = defineCheck({
  id: 'public-endpoint-closed',
  subject: 'registry',
  severity: 'high',
  title: 'The registry answers no network but the few that need it',
  why: 'A registry that answers the whole internet needs only one stolen credential to be emptied or filled.',
  checklist: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['networkAccess'],

  judge({ networkAccess }, { allowedNetworks }) {
    switch (networkAccess.mode) {
      case 'closed':
        return pass('the public network path is closed');
      case 'limited':
        return limited(networkAccess, allowedNetworks);
      case 'open':
        return fail(
          `every network is answered${until[networkAccess.reason]}: ${networkAccess.detail}`,
        );
    }
  },
});

const until = { chosen: '', plan: ' until the plan is changed' } as const;

/** Together one /16 of IPv4 and one /32 of IPv6, about what one organisation has of its own. */
const narrow = { ipv4: 2n ** 16n, ipv6: 2n ** 96n } as const;
/** Whoever declares more than a quarter of the internet has made a mistake. */
const widest = { ipv4: 2n ** 30n, ipv6: 2n ** 126n } as const;

interface Limits {
  readonly ranges: readonly string[];
  readonly networks: readonly string[];
}

function limited({ ranges, networks }: Limits, allowed: readonly string[]) {
  const unreadable = ranges.filter((text) => parseRange(text) === null);
  if (unreadable.length > 0) {
    return fail(`something other than an address range is let in: ${enumerate(unreadable)}`);
  }
  const declared = allowed.length > 0;
  const strangers = declared ? ranges.filter((text) => !liesIn(text, allowed)) : [];
  if (strangers.length > 0) {
    return fail(`ranges outside expect.allowedNetworks are let in: ${enumerate(strangers)}`);
  }
  const { ipv4, ipv6 } = addressCount(parsed(ranges));
  const most = declared ? widest : narrow;
  const sharper = declared ? '' : '; expect.allowedNetworks would tell which of them are meant';
  if (ipv4 > most.ipv4 || ipv6 > most.ipv6) {
    return fail(
      `more addresses are let in than one organisation has: ${enumerate(ranges)}${sharper}`,
    );
  }
  const letIn = enumerate([...ranges, ...networks]);
  return pass(letIn === '' ? 'no network is let in' : `only ${letIn} can connect${sharper}`);
}

function liesIn(range: string, allowed: readonly string[]): boolean {
  return parsed([range]).some((addresses) => inside(addresses, parsed(allowed)));
}

function parsed(texts: readonly string[]): AddressRange[] {
  return texts.flatMap((text) => parseRange(text) ?? []);
}
