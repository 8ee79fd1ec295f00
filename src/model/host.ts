/**
 * The host of an address, lower-case and with its port if that is not 443, whether or not the
 * address has a scheme; null when it has none. The only part of an address that is safe to print:
 * user, path and query may hold secrets.
 */
export function hostOf(address: string): string | null {
  const url = `https://${address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')}`;
  return URL.canParse(url) ? new URL(url).host : null;
}
