import { HttpError } from './http.ts';
import { isLoopback } from './target.ts';

export const mostHops = 5;

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * The target of a redirect. Throws `HttpError` (`redirect`) for a POST, too many hops, an unusable URL, a
 * downgrade from https to http, and http to another machine. The caller drops credentials once a hop has
 * left the origin of the base.
 */
export function nextHop(from: URL, method: string, hop: number, location: string | undefined): URL {
  const refused = (why: string) => new HttpError('redirect', `${from.origin} ${why}`);
  if (method === 'POST') throw refused('redirects a POST');
  if (hop >= mostHops) throw refused(`redirects more than ${mostHops} times`);
  if (location === undefined || !URL.canParse(location, from.href))
    throw refused('redirects without a usable URL');
  const to = new URL(location, from);
  to.hash = '';
  if (to.username !== '' || to.password !== '') throw refused('redirects to a URL with a user');
  if (to.origin === from.origin || to.protocol === 'https:') return to;
  if (to.protocol !== 'http:') throw refused('redirects to a scheme other than HTTP');
  if (from.protocol === 'https:') throw refused('redirects from https to http');
  if (!isLoopback(from) || !isLoopback(to)) throw refused('redirects to another host over http');
  return to;
}

/** Whether two URLs have the same origin, or the second is the first upgraded to https (default ports only). */
export function isSameServer(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  const upgraded = from.protocol === 'http:' && to.protocol === 'https:';
  return upgraded && from.host === to.host && to.port === '';
}
