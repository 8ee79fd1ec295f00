import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import type { Estate, Namespace, Repository } from './estate.ts';

/** The token of the demo. It opens nothing anywhere. */
export const demoToken = 'demo-token-that-opens-nothing';

/** A refusal in Quay's words (endpoints/exception.py). */
export function problem(status: number, type: string, detail: string): RestReply {
  return {
    status,
    json: { detail, error_message: detail, error_type: type, title: type, status },
  };
}

export const notFound = problem(404, 'not_found', 'Not Found');
export const unauthorized = problem(403, 'insufficient_scope', 'Unauthorized');
const stranger = problem(401, 'invalid_token', 'Requires authentication');

/** The page that every unknown path answers with. */
export const page404: RestReply = {
  status: 404,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  text: '<!DOCTYPE html>\n<html ng-app="quay"><head><title>Quay</title></head><body></body></html>\n',
};

/** Who is asking: a token that is wrong or expired is none, and nobody is told. */
export interface Caller {
  readonly known: boolean;
  readonly readsAll: boolean;
  readonly has: (scope: string) => boolean;
  readonly name: string;
}

export function callerOf({ caller }: Estate, { headers }: RestCall): Caller {
  const valid = headers['authorization'] === `Bearer ${demoToken}` && caller.token !== 'expired';
  return {
    known: valid,
    readsAll: valid && caller.kind === 'global-readonly',
    has: (scope) => valid && caller.scopes.includes(scope),
    name: valid ? caller.name : '',
  };
}

function isOwner({ teams = {} }: Namespace, name: string): boolean {
  return Object.values(teams).some(
    ({ role, members }) => role === 'admin' && members.includes(name),
  );
}

export function isMember({ teams = {} }: Namespace, name: string): boolean {
  return Object.values(teams).some(({ members }) => members.includes(name));
}

export function administers(namespace: Namespace, caller: Caller): boolean {
  return caller.readsAll || (caller.has('org:admin') && isOwner(namespace, caller.name));
}

/** Whether a repository is shown to a caller at all. */
export function sees(name: string, namespace: Namespace, one: Repository, caller: Caller): boolean {
  if (one.public === true || caller.readsAll) return true;
  if (!caller.known) return false;
  if (isOwner(namespace, caller.name) || name === caller.name) return true;
  const { users = {}, teams = {} } = one;
  return (
    Object.hasOwn(users, caller.name) ||
    Object.keys(teams).some((team) => namespace.teams?.[team]?.members.includes(caller.name))
  );
}

export function administersRepository(
  name: string,
  namespace: Namespace,
  one: Repository,
  caller: Caller,
): boolean {
  if (caller.readsAll) return true;
  if (!caller.has('repo:admin')) return false;
  if (isOwner(namespace, caller.name) || name === caller.name) return true;
  const { users = {}, teams = {} } = one;
  return (
    users[caller.name] === 'admin' ||
    Object.entries(teams).some(
      ([team, role]) => role === 'admin' && namespace.teams?.[team]?.members.includes(caller.name),
    )
  );
}

/** Refuses a stranger and a caller without the right in the two ways that Quay does. */
export function demand(caller: Caller, right: boolean): void {
  if (right) return;
  throw new Refused(caller.known ? unauthorized : stranger);
}

/** A route that is there only with a feature. */
export function gated(on: boolean, route: Route): Route {
  return on ? route : { ...route, answer: (call) => withoutRoute(call) };
}

/** How Quay answers for a path that it has no route for. */
export function withoutRoute({ path, headers }: Pick<RestCall, 'path' | 'headers'>): RestReply {
  if (path.endsWith('/') || !path.startsWith('/api/v1/')) return page404;
  return {
    status: 308,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      location: `http://${headers['host']}${path}/`,
    },
    text: '<!doctype html><title>Redirecting...</title>',
  };
}
