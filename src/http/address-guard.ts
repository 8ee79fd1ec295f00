import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { HttpError, type HttpSettings } from './http.ts';

/** Throws `HttpError` (`redirect`) for a host that is written as an address that may not be connected to. */
export function refuseAddress(hostname: string, { mayConnect }: HttpSettings): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (mayConnect !== undefined && isIP(address) !== 0 && !mayConnect(address))
    throw refused(hostname);
}

/** Resolves names as Node does, and refuses a name of which one address may not be connected to. */
export function guardedLookup(mayConnect: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, address, family) => {
      const found = Array.isArray(address) ? address.map((one) => one.address) : [address];
      const isRefused = error === null && !found.every(mayConnect);
      callback(isRefused ? refused(hostname) : error, address, family);
    });
  };
}

function refused(hostname: string): HttpError {
  return new HttpError('redirect', `${hostname} is an address of this machine or of its network`);
}

const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  // Link-local, where clouds keep their metadata services (RFC 3927).
  ['169.254.0.0', 16],
  // The metadata services of Alibaba Cloud, Oracle Cloud and Azure's wire server.
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['168.63.129.16', 32],
] as const) {
  special.addSubnet(network, prefix, 'ipv4');
  // The same within IPv6: compatible and translated addresses, and those of a gateway (RFC 4291, 2765, 6052).
  for (const within of ['::', '::ffff:0:', '64:ff9b::'])
    special.addSubnet(`${within}${network}`, 96 + prefix, 'ipv6');
  special.addSubnet(`2002:${hexOf(network)}::`, 16 + prefix, 'ipv6');
}
special.addAddress('::', 'ipv6');
special.addAddress('::1', 'ipv6');
special.addSubnet('fe80::', 10, 'ipv6');
special.addSubnet('fec0::', 10, 'ipv6');
// The metadata services of AWS, of its pods, and of Google over IPv6.
special.addSubnet('fd00:ec2::', 64, 'ipv6');
special.addAddress('fd20:ce::254', 'ipv6');

/** The two groups of an IPv4 address in one of 6to4 (RFC 3056). */
function hexOf(address: string): string {
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `${bytes.slice(0, 2).join('')}:${bytes.slice(2).join('')}`;
}

/** Whether a text is an IP address that is this machine's own, link-local or that of a metadata service. */
export function isSpecialAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const version = isIP(mapped);
  return version !== 0 && special.check(mapped, version === 6 ? 'ipv6' : 'ipv4');
}
