import { HttpError, type HttpRequest } from './http.ts';

/**
 * The URL of a request. Rejects what would leave the base by the back door: dot segments and
 * backslashes, which URLs fold away, and absolute URLs of another origin. Throws `HttpError`.
 */
export function targetOf(base: string, { path, query = {} }: HttpRequest): URL {
  const home = new URL(base);
  const absolute = /^https?:\/\//i.test(path);
  if (!absolute && !path.startsWith('/')) throw misdirected('a path must begin with /');
  const [bare = ''] = path.split(/[?#]/, 1);
  if (/[\\\u0000-\u0020]/.test(path) || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(bare)) {
    throw misdirected('the path of a request cannot be told for sure');
  }
  const text = absolute ? path : `${base.replace(/\/+$/, '')}${path}`;
  if (!URL.canParse(text)) throw misdirected('the address of a request is no URL');
  const url = new URL(text);
  if (url.origin !== home.origin) throw misdirected(`${url.origin} is not ${home.origin}`);
  if (url.username !== '' || url.password !== '') throw misdirected('a URL may carry no user');
  url.hash = '';
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

function misdirected(why: string): HttpError {
  return new HttpError('redirect', why);
}

/** A URL as it may be shown: no query values, no user, no fragment. */
export function shown(url: URL): string {
  const names = [...new Set(url.searchParams.keys())].map(
    (name) => `${encodeURIComponent(name)}=…`,
  );
  const query = names.length === 0 ? '' : `?${names.slice(0, 20).join('&')}`;
  return `${url.origin}${url.pathname}${query}`;
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL names this machine itself. */
export function isLoopback({ hostname }: URL): boolean {
  return loopback.test(hostname);
}
