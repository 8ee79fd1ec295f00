import { cases } from '../../src/engine/cases.ts';
import { publicEndpointClosed } from './public-endpoint-closed.ts';

const limited = (ranges: string[], networks: string[] = []) =>
  ({ networkAccess: { mode: 'limited', ranges, networks } }) as const;
const halves = ['0.0.0.0/1', '128.0.0.0/1'];

export default cases(publicEndpointClosed, {
  'public network access is disabled': [{ networkAccess: { mode: 'closed' } }, 'pass'],
  'no rule restricts anything': [
    { networkAccess: { mode: 'open', reason: 'chosen', detail: 'no deny by network' } },
    'fail',
  ],
  'the plan cannot restrict networks': [
    { networkAccess: { mode: 'open', reason: 'plan', detail: 'the Premium plan can restrict it' } },
    'fail',
  ],
  'denied by default, no network is allowed': [limited([]), 'pass'],
  'an office and a private network': [
    limited(['198.51.100.0/24', '2001:db8::/32'], ['vpc-1']),
    'pass',
  ],
  'as many addresses as one organisation has': [limited(['198.51.0.0/16']), 'pass'],
  'a rule that allows every address': [limited(['0.0.0.0/0']), 'fail'],
  'two rules that together allow every address': [limited(halves), 'fail'],
  'many small ranges that are large in sum': [
    limited(['203.0.0.0/17', '203.1.0.0/17', '203.2.0.0/17']),
    'fail',
  ],
  'a large IPv6 range beside a small IPv4 one': [limited(['198.51.100.7', '2001::/20']), 'fail'],
  'all of IPv4, written as a small IPv6 range': [limited(['::ffff:0:0/96']), 'fail'],
  'a rule that is not an address range': [limited(['198.51.100.0/24', 'AllNetworks']), 'fail'],
  'a large range that is declared': [
    limited(['10.20.0.0/14']),
    'pass',
    { allowedNetworks: ['10.0.0.0/8'] },
  ],
  'a small range that is not declared': [
    limited(['198.51.100.7', '203.0.113.7']),
    'fail',
    { allowedNetworks: ['198.51.100.0/24'] },
  ],
  'a range that is larger than what is declared': [
    limited(['198.51.0.0/16']),
    'fail',
    { allowedNetworks: ['198.51.100.0/24'] },
  ],
  'the whole internet is declared by mistake': [
    limited(halves),
    'fail',
    { allowedNetworks: ['0.0.0.0/0'] },
  ],
});
