import type { WireAnswer, WireRequest } from '../wire-server.ts';
import type { Estate } from './estate.ts';

/**
 * Microsoft Entra ID, as far as a client secret needs it: where its endpoints are, and a token for the
 * scope that is asked for. Null: the request is not for it. The token says whom it is for.
 */
export function entraAnswer({ signIn }: Estate, request: WireRequest): WireAnswer | null {
  const { path, headers, body } = request;
  const found =
    /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|oauth2\/v2\.0\/token)$/.exec(path);
  if (found === null) return null;
  const [, tenant, what = ''] = found;
  const here = `https://${headers['host']}/${tenant}`;
  if (what.endsWith('openid-configuration')) {
    return json(200, {
      issuer: `${here}/v2.0`,
      authorization_endpoint: `${here}/oauth2/v2.0/authorize`,
      token_endpoint: `${here}/oauth2/v2.0/token`,
      jwks_uri: `${here}/discovery/v2.0/keys`,
    });
  }
  if (signIn !== undefined) {
    return json(401, {
      error: 'invalid_client',
      error_description: signIn,
      error_codes: [7000222],
    });
  }
  const scope = new URLSearchParams(body).get('scope') ?? '';
  return json(200, { token_type: 'Bearer', expires_in: 3599, access_token: `entra ${scope}` });
}

function json(status: number, body: object): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
