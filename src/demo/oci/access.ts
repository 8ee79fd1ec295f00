import { Refused, type RestCall, type RestReply } from '../rest.ts';
import type { OciEstate } from './estate.ts';

/** Credentials that mean nothing anywhere. */
export const credentials = { username: 'auditor', password: 'demo-registry-password' } as const;
const basic = basicOf(credentials.password);

export function basicOf(password: string): string {
  return `Basic ${Buffer.from(`${credentials.username}:${password}`).toString('base64')}`;
}

/** An error body of the distribution API (OCI Distribution, Error Codes). */
export function refusal(status: number, code: string, message: string): RestReply {
  return { status, headers: version, json: { errors: [{ code, message, detail: null }] } };
}

export const version = { 'docker-distribution-api-version': 'registry/2.0' } as const;

/** Refuses a call that lacks the right. `scope`: what it takes, `repository:team/app:pull`; empty: a login alone. */
export function admit(call: RestCall, estate: OciEstate, scope: string): void {
  const given = call.headers['authorization'];
  if (mayPass(given, estate, scope)) return;
  throw new Refused({
    ...refusal(401, 'UNAUTHORIZED', 'authentication required'),
    headers: { ...version, 'www-authenticate': challenge(call, estate, scope) },
  });
}

function mayPass(given: string | undefined, estate: OciEstate, scope: string): boolean {
  switch (estate.authentication) {
    case 'none':
      return true;
    case 'silly':
      return given !== undefined;
    case 'basic':
      return given === basic;
    case 'token':
      return given !== undefined && (scope === '' || granted(given).includes(scope));
  }
}

function challenge(call: RestCall, estate: OciEstate, scope: string): string {
  switch (estate.authentication) {
    case 'none':
    case 'basic':
      return `Basic realm="${estate.product === 'zot' ? 'zot' : 'registry'}"`;
    case 'silly':
      return 'Bearer realm="silly-realm",service="silly-service"';
    case 'token': {
      const service = estate.product === 'harbor' ? 'harbor-registry' : 'registry';
      const asked = scope === '' ? '' : `,scope="${scope}"`;
      // What a proxy that speaks TLS says for the registry behind it.
      const scheme = call.headers['x-forwarded-proto'] ?? 'http';
      return `Bearer realm="${scheme}://${call.headers['host']}/token",service="${service}"${asked}`;
    }
  }
}

/** A token that says what it grants, in the form of Distribution's: a JWT whose signature nobody checks here. */
export function issueToken(call: RestCall, estate: OciEstate): RestReply {
  const scope = call.query.get('scope');
  const isUser = call.headers['authorization'] === basic;
  const access = (scope === null ? [] : [scope]).flatMap((one) => accessOf(one, isUser, estate));
  const nothing = access.every(({ actions }) => actions.length === 0);
  if (!isUser && nothing && estate.tokens === undefined) {
    return { status: 401, json: { details: 'incorrect username or password' } };
  }
  const payload = Buffer.from(JSON.stringify({ iss: 'demo', access })).toString('base64url');
  const token = estate.tokens === 'opaque' ? `demo-${payload}` : `e30.${payload}.c2ln`;
  return { json: { token, expires_in: 300 } };
}

interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

function accessOf(scope: string, isUser: boolean, estate: OciEstate): readonly Access[] {
  const [type = '', name = '', actions = ''] = scope.split(':');
  const wanted = actions.split(',');
  const repository = Object.hasOwn(estate.repositories, name) ? estate.repositories[name] : null;
  const may = (action: string) => {
    if (isUser) return action === 'pull' || action === '*';
    if (action === 'pull') return repository?.public === true;
    return action === 'push' && repository?.strangersPush === true;
  };
  return [{ type, name, actions: wanted.filter(may) }];
}

/** The scopes in a token of ours. */
function granted(authorization: string): readonly string[] {
  const token = authorization.replace(/^Bearer /, '');
  const payload = token.startsWith('demo-') ? token.slice('demo-'.length) : token.split('.')[1];
  if (payload === undefined) return [];
  const { access }: { access: readonly Access[] } = JSON.parse(
    Buffer.from(payload, 'base64url').toString('utf8'),
  );
  return access.flatMap(({ type, name, actions }) =>
    actions.map((action) => `${type}:${name}:${action}`),
  );
}
