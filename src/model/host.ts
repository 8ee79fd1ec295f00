/**
 * The host of a URL or address without scheme, in lower case, with its port if that is not 443; null if
 * there is none. Only the host is safe to print: user, path and query may hold secrets.
 */
export function hostOf(address: string): string | null {
  const url = `https://${address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')}`;
  return URL.canParse(url) ? new URL(url).host : null;
}
