import { verify } from 'node:crypto';
import type { RestCall, Route } from '../rest.ts';
import type { GhcrEstate } from './estate.ts';
import { refusal, refuse, secretOf } from './replies.ts';

type App = NonNullable<GhcrEstate['app']>;

const installationId = 7;

/** The sign-in of a GitHub App, by which the settings are read. */
export function appRoutes(estate: GhcrEstate): Route[] {
  const { app, owner, tokens } = estate;
  if (app === undefined) return [];
  return [
    {
      name: 'getInstallation',
      method: 'GET',
      path: '/orgs/{org}/installation',
      answer: (call) => {
        mustBeApp(call, app);
        if (app.installed === false || call.params['org'] !== owner.login.toLowerCase()) {
          return refusal(404, 'Not Found');
        }
        return { json: { id: installationId, app_id: 1, permissions: app.granted } };
      },
    },
    {
      name: 'issueInstallationToken',
      method: 'POST',
      path: '/app/installations/{installation}/access_tokens',
      answer: (call) => {
        mustBeApp(call, app);
        const { permissions } = JSON.parse(call.body) as { permissions: Record<string, string> };
        const more = Object.keys(permissions).find((name) => !Object.hasOwn(app.granted, name));
        if (more !== undefined) return refusal(422, `The permission ${more} was not granted.`);
        const { settings = tokens.packages } = tokens;
        return {
          status: 201,
          json: { token: secretOf('settings', settings), expires_at: app.expiresAt, permissions },
        };
      },
    },
  ];
}

/** Holds the token of an app to its key, and to the ten minutes that it may live. */
function mustBeApp({ headers }: RestCall, { id, publicKey }: App): void {
  const [scheme, token = ''] = (headers['authorization'] ?? '').split(' ');
  const [header = '', claims = '', signature = ''] = token.split('.');
  const signed = Buffer.from(`${header}.${claims}`);
  const genuine =
    scheme === 'Bearer' &&
    verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'));
  if (!genuine) refuse(401, 'A JSON web token could not be decoded');
  const { iat, exp, iss } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  if (iss !== id || exp - iat > 600) refuse(401, "'Issuer' claim or 'Expiration time' is invalid");
}
