import { HttpError, type HttpSettings } from './http.ts';

type Environment = HttpSettings['environment'];

/**
 * The proxy of the environment for a URL, read as curl does; null: none. Throws `HttpError` for one that
 * cannot be used, because going past a proxy is not an option.
 */
export function proxyFor(url: URL, environment: Environment): URL | null {
  const named = either(environment, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  const proxy = named === '' ? either(environment, 'all_proxy') : named;
  if (proxy === '' || isExempt(url, either(environment, 'no_proxy'))) return null;
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  // SOCKS is experimental in undici.
  if (URL.canParse(address) && /^https?:/i.test(address)) return new URL(address);
  // The URL is not repeated: it may hold a password.
  throw new HttpError('unreachable', 'the proxy of the environment has no http or https URL');
}

/** The credential in the URL of a proxy as `proxy-authorization` (RFC 7617); undefined: it has none. */
export function proxyCredential({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** `*`, or hosts that hold for their subdomains too, each with or without a port. */
function isExempt(url: URL, list: string): boolean {
  const host = bare(url.hostname);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list.split(/[,\s]+/).some((entry) => {
    if (entry === '*') return true;
    const [, named = entry, only] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    const domain = bare(named.toLowerCase().replace(/^\*?\./, ''));
    if (domain === '' || (only !== undefined && only !== port)) return false;
    return host === domain || host.endsWith(`.${domain}`);
  });
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

function either(environment: Environment, name: string): string {
  return environment[name] || environment[name.toUpperCase()] || '';
}
