import { HttpError } from '../http/http.ts';

/**
 * The URL of a token service that may receive credentials: the registry's own host, its parent or child
 * domain, or a host named by the adapter; over https, or over http if the registry itself is configured with
 * http and the host is its own. Throws `HttpError` (`redirect`) otherwise.
 */
export function checkedRealm(
  realm: string | undefined,
  base: string,
  allowed: readonly string[],
): string {
  const refused = (why: string) => new HttpError('redirect', `the token service ${why}`);
  if (realm === undefined || realm === '') throw refused('has no address');
  // Some registries send a relative URL.
  if (!URL.canParse(realm, base)) throw refused('has no usable address');
  const url = new URL(realm, base);
  const home = new URL(base);
  if (url.username !== '' || url.password !== '') throw refused('has a user in its address');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && home.protocol === 'http:')) {
    throw refused(`is at ${url.protocol}//${url.host} and not at https`);
  }
  const own = url.hostname === home.hostname;
  const trusted = own || related(url.hostname, home.hostname) || allowed.includes(url.host);
  if (!trusted) throw refused(`is at ${url.host}, which does not belong to ${home.host}`);
  if (url.protocol === 'http:' && !own) throw refused(`is at ${url.host} over http`);
  url.hash = '';
  return url.href;
}

/** Whether one host is a subdomain of the other: gitlab.com issues tokens for registry.gitlab.com. */
function related(one: string, other: string): boolean {
  const [parent = '', child = ''] = [one, other].sort((a, b) => a.length - b.length);
  const isAddress = /^[\d.]+$|^\[/.test(child);
  return !isAddress && parent.includes('.') && child.endsWith(`.${parent}`);
}
