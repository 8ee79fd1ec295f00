import { HttpError, type HttpRequest } from './http.ts';

/**
 * The URL of a request. Throws `HttpError` for a path that could leave the base: dot segments and
 * backslashes, which URL parsers normalise, and absolute URLs of another origin.
 */
export function targetOf(base: string, { path, query = {} }: HttpRequest): URL {
  const home = new URL(base);
  const absolute = /^https?:\/\//i.test(path);
  if (!absolute && !path.startsWith('/')) throw misdirected('a path must begin with /');
  const [bare = ''] = path.split(/[?#]/, 1);
  if (/[\\\u0000-\u0020]/.test(path) || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(bare)) {
    throw misdirected('the path of a request is ambiguous');
  }
  const text = absolute ? path : `${base.replace(/\/+$/, '')}${path}`;
  if (!URL.canParse(text)) throw misdirected('the address of a request is not a URL');
  const url = new URL(text);
  if (url.origin !== home.origin) throw misdirected(`${url.origin} is not ${home.origin}`);
  if (url.username !== '' || url.password !== '') throw misdirected('a URL must not hold a user');
  url.hash = '';
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

function misdirected(why: string): HttpError {
  return new HttpError('redirect', why);
}

/** Formats a URL for output: without query values, user and fragment. */
export function formatUrl(url: URL): string {
  const names = [...new Set(url.searchParams.keys())].map(
    (name) => `${encodeURIComponent(name)}=…`,
  );
  const query = names.length === 0 ? '' : `?${names.slice(0, 20).join('&')}`;
  return `${url.origin}${url.pathname}${query}`;
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether the host of a URL is a loopback address. */
export function isLoopback({ hostname }: URL): boolean {
  return loopback.test(hostname);
}
