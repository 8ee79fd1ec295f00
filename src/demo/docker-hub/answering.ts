import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import type { HubEstate, HubRepository } from './estate.ts';

/** Demo secrets in Docker's formats; not valid anywhere else. */
export const secrets: Readonly<Record<HubEstate['caller']['credential'], string>> = {
  'organization-token': 'dckr_oat_demo-organization-token',
  'personal-token': 'dckr_pat_demo-personal-token',
  password: 'demo-password',
};

/** The token of the sign-in; not valid anywhere else. */
export const session = 'demo.session.token';

/** The creation time of objects without an explicit time. */
export const born = '2024-01-15T10:00:00Z';

/** A GET route. */
export function get(name: string, path: string, answer: Route['answer']): Route {
  return { name, method: 'GET', path, answer };
}

export function refusal(status: number, detail: string): RestReply {
  return { status, json: { detail, message: detail } };
}

export function refuse(status: number, detail: string): never {
  throw new Refused(refusal(status, detail));
}

/** Whether the call has the session token; rejects any other credential. */
export function signedIn({ headers }: RestCall): boolean {
  const given = headers['authorization'];
  if (given === undefined) return false;
  if (given === `Bearer ${session}`) return true;
  return refuse(401, 'invalid token');
}

export function mustBeSignedIn(call: RestCall): void {
  if (!signedIn(call)) refuse(401, 'authentication required');
}

const kinds = {
  'organization-token': 'organization access token',
  'personal-token': 'personal access token',
  password: 'password',
} as const;

/** Rejects access tokens of a kind, as Docker Hub does for some calls whatever their scope. */
export function mustNotBe(
  call: RestCall,
  { caller: { credential } }: HubEstate,
  ...refused: readonly HubEstate['caller']['credential'][]
): void {
  mustBeSignedIn(call);
  if (refused.includes(credential)) {
    refuse(403, `token issued from ${kinds[credential]} is not allowed`);
  }
}

export function mustBeOurs(call: RestCall, { namespace }: HubEstate): void {
  mustBeSignedIn(call);
  if (call.params['namespace'] !== namespace) refuse(404, 'object not found');
}

/** The requested repository. A private one is not found without permission. */
export function asked(call: RestCall, estate: HubEstate): { name: string; found: HubRepository } {
  mustBeOurs(call, estate);
  const name = call.params['repository'] ?? '';
  const found = Object.hasOwn(estate.repositories, name) ? estate.repositories[name] : undefined;
  if (found === undefined || (found.private && !estate.caller.seesPrivate)) {
    return refuse(404, 'object not found');
  }
  return { name, found };
}

/** A page of entries by `page` and `page_size`; `count`: the name of the field with the total. */
export function page(
  entries: readonly unknown[],
  { query }: RestCall,
  { pageSize = 100 }: HubEstate,
  count: 'count' | 'total' = 'count',
): RestReply {
  const number = Number(query.get('page') ?? '1');
  const size = Math.min(pageSize, Number(query.get('page_size') ?? '10'));
  const start = (number - 1) * size;
  if (number > 1 && start >= entries.length) return refusal(404, 'page not found');
  const address = (of: number) => `https://hub.docker.com/v2/listing?page=${of}&page_size=${size}`;
  return {
    json: {
      [count]: entries.length,
      next: start + size < entries.length ? address(number + 1) : null,
      previous: number > 1 ? address(number - 1) : null,
      results: entries.slice(start, start + size),
    },
  };
}
