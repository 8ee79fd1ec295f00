import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { unlessAborted } from '../../../http/abort.ts';
import type { TlsInput } from '../../../http/tls-material.ts';
import type { ScanContext } from '../../contract.ts';
import type { EcrOptions } from '../options.ts';
import { requestHandler, silent } from './request-handler.ts';

type Chain = ReturnType<typeof fromTemporaryCredentials>;
type Credentials = Awaited<ReturnType<Chain>>;
/** What the SDK asks with; among others it may want other credentials than before. */
type Request = Parameters<Chain>[0] & { readonly forceRefresh?: boolean };

/** One identity of a scan: what it was last given. */
interface Session {
  kept: Promise<Credentials> | undefined;
}

/** The identities of a scan, and the connections to where their credentials are had. */
interface Sessions {
  readonly handler: ReturnType<typeof requestHandler>;
  readonly byIdentity: Map<string, Session>;
}

const sessions = new WeakMap<AbortSignal, Sessions>();

/** Connections of a scan to where credentials are had: an organisation has a role in each account. */
const atOnce = 8;

/**
 * The SDK's default chain, or the profile and role that an entry names: resolved at the first call, once
 * for all clients, regions and targets of a scan that have the same identity, and again five minutes
 * before it ends. The SDK by itself would resolve it for each client: an AssumeRole per operation and region.
 */
export function credentialsFor(
  options: Identity,
  region: string,
  context: Pick<ScanContext, 'signal' | 'scan' | 'environment' | 'caFile' | 'clientCertificate'>,
): (request?: Request) => Promise<Credentials> {
  const { handler, byIdentity } = sessionsOf(context);
  const { role, externalId, ...caller } = identityOf(options);
  const identity = JSON.stringify([caller, role, externalId]);
  const session = byIdentity.get(identity) ?? { kept: undefined };
  byIdentity.set(identity, session);
  // Made when it is asked: it holds a client of the SDK, and there may be one for each of thousands of accounts.
  const ask: Chain = (request) =>
    role === undefined
      ? chainFor(caller, handler)(request)
      : assuming(
          { ...options, role },
          { region, handler, base: credentialsFor(caller, region, context) },
        )(request);
  // It belongs to other targets too, so a target whose time is over leaves it and does not cut it.
  return (request) => unlessAborted(current(session, ask, request), context.signal);
}

type Identity = Pick<EcrOptions, 'profile' | 'role' | 'externalId' | 'endpoint'>;

function identityOf({ profile, role, externalId, endpoint }: Identity): Identity {
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(role === undefined ? {} : { role }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function sessionsOf({ scan, ...tls }: { readonly scan: AbortSignal } & TlsInput): Sessions {
  let own = sessions.get(scan);
  if (own === undefined) {
    const handler = requestHandler({ sockets: atOnce, tls, givesSecrets: true });
    scan.addEventListener('abort', () => handler.destroy(), { once: true });
    own = { handler, byIdentity: new Map() };
    sessions.set(scan, own);
  }
  return own;
}

function chainFor({ profile }: Identity, handler: Sessions['handler']): Chain {
  const chain = fromNodeProviderChain({
    logger: silent,
    clientConfig: { requestHandler: handler },
    ...(profile === undefined ? {} : { profile }),
  });
  return (request) =>
    chain(request).catch(async (error: unknown) => {
      throw await withProfile(error, profile);
    });
}

interface Assuming {
  readonly region: string;
  readonly handler: Sessions['handler'];
  /** Whose identity assumes the role. */
  readonly base: Chain;
}

/** Without a duration: a role that assumes another gets an hour at most, and asking for more fails. */
function assuming(
  { role, externalId, endpoint }: Identity & { readonly role: string },
  { region, handler, base }: Assuming,
): Chain {
  return fromTemporaryCredentials({
    masterCredentials: base,
    clientConfig: {
      region,
      requestHandler: handler,
      ...(endpoint === undefined ? {} : { endpoint }),
    },
    params: {
      RoleArn: role,
      RoleSessionName: 'regaudit',
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    },
  });
}

/** The chain says that it found nothing, and neither where it looked nor how to sign in there. */
async function withProfile(error: unknown, profile: string | undefined): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  const { getProfileName, loadSharedConfigFiles } = await import('@smithy/core/config');
  const name = getProfileName(profile === undefined ? {} : { profile });
  const { AWS_CONFIG_FILE: config = '~/.aws/config' } = process.env;
  const { AWS_SHARED_CREDENTIALS_FILE: secrets = '~/.aws/credentials' } = process.env;
  const files = await loadSharedConfigFiles({ ignoreCache: true });
  const found = [files.configFile[name], files.credentialsFile[name]];
  const known = found.some((settings) => settings !== undefined);
  const where = `${config} and ${secrets}`;
  error.message = known
    ? `${error.message} (profile "${name}" of ${where})`
    : `${error.message} (no profile "${name}" in ${where})`;
  const cure = known ? cureFor(name, Object.assign({}, ...found)) : noProfile(name);
  return Object.assign(error, { cure });
}

function cureFor(profile: string, settings: Readonly<Record<string, string | undefined>>): string {
  const sso = ['sso_session', 'sso_start_url'].some((key) => settings[key] !== undefined);
  if (sso) return `sign in with aws sso login --profile ${profile}`;
  if (settings['login_session'] !== undefined) return `sign in with aws login --profile ${profile}`;
  return `renew the credentials of the profile, with aws configure --profile ${profile}`;
}

function noProfile(profile: string): string {
  return `sign in with aws sso login --profile PROFILE and name it in AWS_PROFILE, or set up ${profile} with aws configure sso --profile ${profile}`;
}

/** Those that are kept, unless there are none, they end soon, or others are wanted. */
async function current(
  session: Session,
  ask: Chain,
  request: Request | undefined,
): Promise<Credentials> {
  const before = session.kept;
  const kept = await before?.catch(() => undefined);
  if (kept !== undefined && request?.forceRefresh !== true && !endsSoon(kept)) return kept;
  // Where they differ, another call has asked meanwhile.
  const asked = session.kept;
  const next = asked === undefined || asked === before ? ask(request) : asked;
  session.kept = next;
  return next;
}

/** As early as the SDK itself. */
const reserve = 5 * 60_000;

function endsSoon({ expiration }: Credentials): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < reserve;
}
