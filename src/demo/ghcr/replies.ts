import { Refused, type RestCall, type RestReply } from '../rest.ts';
import type { GhcrEstate, GhcrToken } from './estate.ts';

type Slot = 'packages' | 'settings';

const prefixes = {
  classic: 'ghp_',
  'fine-grained': 'github_pat_',
  installation: 'ghs_',
} as const;

/** Tokens that mean nothing anywhere, of the shapes that GitHub gives them. */
export function secretOf(slot: Slot, { kind }: GhcrToken): string {
  return `${prefixes[kind]}demo-${slot}-token`;
}

export function refusal(status: number, message: string): RestReply {
  return {
    status,
    json: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

export function refuse(status: number, message: string): never {
  throw new Refused(refusal(status, message));
}

/** Whose token a call carries; refuses any other credential. */
export function tokenOf({ headers }: RestCall, { tokens }: GhcrEstate): GhcrToken {
  const given = headers['authorization'];
  const { packages, settings } = tokens;
  if (given === `Bearer ${secretOf('packages', packages)}`) return packages;
  if (settings !== undefined && given === `Bearer ${secretOf('settings', settings)}`) {
    return settings;
  }
  return refuse(401, 'Bad credentials');
}

/** Whether a token has one of the scopes, or the permission of the newer kinds. */
export function may(token: GhcrToken, scopes: readonly string[], permission: string): boolean {
  return token.kind === 'classic'
    ? (token.scopes ?? []).some((scope) => scopes.includes(scope))
    : (token.permissions ?? []).includes(permission);
}

/** GitHub hides what an owner alone may see from everybody else. */
export function ownersOnly(token: GhcrToken, scopes: readonly string[], permission: string): void {
  if (token.role !== 'owner' || !may(token, scopes, permission)) refuse(404, 'Not Found');
}

/** What every response to a classic token has. */
export function headersFor(token: GhcrToken): Record<string, string> {
  return token.kind === 'classic' ? { 'x-oauth-scopes': (token.scopes ?? []).join(', ') } : {};
}

/** A page of entries with a link to the next; `wrap` puts them where a list is not an array itself. */
export function page(
  entries: readonly unknown[],
  { query, path, headers }: RestCall,
  { pageSize = 100 }: GhcrEstate,
  wrap: (some: readonly unknown[]) => unknown = (some) => some,
): RestReply {
  const number = Number(query.get('page') ?? '1');
  const size = Math.min(pageSize, Number(query.get('per_page') ?? '30'));
  const rest = new URLSearchParams(query);
  rest.set('page', String(number + 1));
  const isLast = number * size >= entries.length;
  const next = `<http://${headers['host']}${path}?${rest}>; rel="next"`;
  return {
    headers: isLast ? {} : { link: next },
    json: wrap(entries.slice((number - 1) * size, number * size)),
  };
}
