import { type KeyObject, sign } from 'node:crypto';
import {
  instantAt,
  type JsonObject,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { httpClient } from '../../../http/client.ts';
import { bearerOf } from '../../../http/credential-source.ts';
import {
  type Authorize,
  type HttpClient,
  HttpError,
  type HttpSettings,
} from '../../../http/http.ts';
import { privateKeyFrom } from '../../../http/private-key.ts';
import { type Secret, secret } from '../../../http/secret.ts';
import type { ScanContext } from '../../contract.ts';
import type { OperationName } from '../operations.ts';
import { versionHeader } from './version-header.ts';

/** A GitHub App, which signs in by a key of its own. */
export interface App {
  /** Its id or client id, which is no secret. */
  readonly id: string;
  readonly key: KeyObject;
}

const idVariable = 'REGAUDIT_GITHUB_APP_ID';
const keyVariable = 'REGAUDIT_GITHUB_APP_KEY';

/** Null: neither variable is set. Rejects with `HttpError` (`credentials`) where one of the two cannot be used. */
export async function appFrom(environment: ScanContext['environment']): Promise<App | null> {
  const id = environment[idVariable];
  const key = await privateKeyFrom(environment, keyVariable);
  if (id === undefined || id === '') {
    if (key === null) return null;
    throw unusable(`${keyVariable} is set without ${idVariable}, the id or client id of the app`);
  }
  if (!/^[A-Za-z0-9]{1,40}$/.test(id)) throw unusable(`${idVariable} is no id of a GitHub App`);
  if (key === null) {
    throw unusable(`${idVariable} is set without ${keyVariable} or ${keyVariable}_FILE`);
  }
  return { id, key };
}

function unusable(why: string): HttpError {
  return new HttpError('credentials', why);
}

/** Seconds: GitHub takes ten minutes at most, and its clock may be behind (docs, Generating a JWT). */
const lives = 540;
const clockDrift = 60;

/** The token by which an app names itself (RFC 7519, RS256). `now`: epoch ms. */
export function appToken({ id, key }: App, now: number): Secret {
  const seconds = Math.floor(now / 1000);
  const claims = { iat: seconds - clockDrift, exp: seconds + lives - clockDrift, iss: id };
  const text = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('RSA-SHA256', Buffer.from(text), key).toString('base64url');
  return secret(`${text}.${signature}`);
}

/**
 * What an audit reads by an app. Of what an installation was granted the token gets these alone, and to read,
 * so that it can change nothing even where the app may.
 */
const reading = [
  'administration',
  'attestations',
  'members',
  'metadata',
  'organization_administration',
  'organization_hooks',
  'repository_hooks',
] as const;

export interface InstallationInput {
  /** Of the REST API. */
  readonly settings: HttpSettings;
  readonly app: App;
  /** The organization that it is installed in. */
  readonly owner: string;
  readonly now?: () => number;
}

interface Issued {
  readonly bearer: Secret;
  /** Epoch ms from which on another is asked for. */
  readonly until: number;
}

/** Milliseconds that a token, which lives an hour, must still have. */
const spare = 300_000;

/**
 * `authorize` with tokens of the installation in one organization, each renewed before it ends (docs,
 * Authenticating as a GitHub App installation). Rejects with `HttpError`: the error of GitHub, or
 * `credentials` where the app is not installed.
 */
export function installationAuthorizer(input: InstallationInput): Authorize {
  const { settings, app, owner, now = Date.now } = input;
  // What answers with tokens may repeat the one of last time, which is a secret by then.
  const { authorize: _, redaction: __, ...plain } = settings;
  const client = httpClient({
    ...plain,
    authorize: async (___, again) => (again ? null : bearerOf(appToken(app, now()))),
  });
  let issued: Promise<Issued> | undefined;
  const current = async (): Promise<Secret> => {
    const kept = issued;
    if (kept !== undefined && now() < (await kept).until - spare) return (await kept).bearer;
    // Whoever notices first asks for the next one.
    if (issued === kept) issued = issue(client, owner);
    return (await (issued as Promise<Issued>)).bearer;
  };
  const authorize: Authorize = async (___, renewed) => (renewed ? null : current());
  return Object.assign(authorize, { close: () => client.close() });
}

async function issue(client: HttpClient, owner: string): Promise<Issued> {
  const installed = objectOf(await installation(client, owner), 'the installation');
  const granted = objectAt(installed, 'permissions');
  const token = objectOf(
    await client.json({
      operation: 'issueInstallationToken' satisfies OperationName,
      method: 'POST',
      path: `/app/installations/${numberAt(installed, 'id')}/access_tokens`,
      headers: versionHeader,
      json: { permissions: readOnly(granted) },
    }),
    'the token of the installation',
  );
  const value = stringAt(token, 'token');
  // A token in a header must not contain a line break.
  if (!/^[\u0021-\u007e]+$/.test(value)) throw unusable('GitHub issued no usable token');
  return { bearer: bearerOf(secret(value)), until: Date.parse(instantAt(token, 'expires_at')) };
}

async function installation(client: HttpClient, owner: string): Promise<unknown> {
  const operation = 'getInstallation' satisfies OperationName;
  const path = `/orgs/${encodeURIComponent(owner)}/installation`;
  const answer = await client
    .send({ operation, path, headers: versionHeader, expected: [404] })
    .catch((error: unknown) => {
      if (!(error instanceof HttpError) || error.code !== '401') throw error;
      throw unusable(
        `HTTP 401: GitHub does not accept the key of ${keyVariable} for the app of ${idVariable}, or the clock of this machine is wrong`,
      );
    });
  if (answer.status !== 404) return answer.json();
  throw unusable(`the GitHub App of ${idVariable} is not installed in ${owner}`);
}

function readOnly(granted: JsonObject): Readonly<Record<string, 'read'>> {
  const some = reading.filter((name) => Object.hasOwn(granted, name));
  return Object.fromEntries(some.map((name) => [name, 'read'] as const));
}
