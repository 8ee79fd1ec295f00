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
] as const) {
  special.addSubnet(network, prefix, 'ipv4');
}
// The metadata services of Alibaba Cloud and Azure's wire server.
special.addAddress('100.100.100.200', 'ipv4');
special.addAddress('168.63.129.16', 'ipv4');
special.addAddress('::', 'ipv6');
special.addAddress('::1', 'ipv6');
special.addSubnet('fe80::', 10, 'ipv6');
// The metadata service of AWS over IPv6.
special.addAddress('fd00:ec2::254', 'ipv6');

/** Whether a text is an IP address that is this machine's own, link-local or that of a metadata service. */
export function isSpecialAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const version = isIP(mapped);
  return version !== 0 && special.check(mapped, version === 6 ? 'ipv6' : 'ipv4');
}
