import type { WireAnswer, WireRequest } from '../wire-server.ts';
import type { Estate } from './estate.ts';

/**
 * The part of Microsoft Entra ID that a client secret needs: discovery, and a token for the requested scope.
 * Null: the request is for another service. The token contains its scope.
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
