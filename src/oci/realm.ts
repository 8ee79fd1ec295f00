import { HttpError } from '../http/http.ts';

/**
 * The address of a token service, if credentials may go there: the registry's own host, a parent or
 * child of it, or a host the adapter names; over https, or over http where the registry itself is
 * configured so and the host is its own. Throws `HttpError` (`redirect`).
 */
export function checkedRealm(
  realm: string | undefined,
  base: string,
  allowed: readonly string[],
): string {
  const refused = (why: string) => new HttpError('redirect', `the token service ${why}`);
  if (realm === undefined || realm === '') throw refused('has no address');
  // Some registries name a path of their own.
  if (!URL.canParse(realm, base)) throw refused('has no usable address');
  const url = new URL(realm, base);
  const home = new URL(base);
  if (url.username !== '' || url.password !== '') throw refused('has a user in its address');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && home.protocol === 'http:')) {
    throw refused(`is at ${url.protocol}//${url.host} and not at https`);
  }
  const own = url.hostname === home.hostname;
  const trusted = own || related(url.hostname, home.hostname) || allowed.includes(url.host);
  if (!trusted) throw refused(`is at ${url.host}, which is not known to belong to ${home.host}`);
  if (url.protocol === 'http:' && !own) throw refused(`is at ${url.host} over http`);
  url.hash = '';
  return url.href;
}

/** Whether one host is below the other: gitlab.com issues for registry.gitlab.com. */
function related(one: string, other: string): boolean {
  const [parent = '', child = ''] = [one, other].sort((a, b) => a.length - b.length);
  const isAddress = /^[\d.]+$|^\[/.test(child);
  return !isAddress && parent.includes('.') && child.endsWith(`.${parent}`);
}
