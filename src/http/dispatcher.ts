import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
/*
 * undici as a package, not Node's built-in one: each dispatcher accepts a connect timeout, a certificate
 * store and a proxy, and responses are not decompressed, so that this code can limit decompression. The
 * version is pinned because Node does not guarantee these options.
 */
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { guardedLookup, refuseAddress } from './address-guard.ts';
import { HttpError, type HttpSettings, type Timeouts } from './http.ts';

type Environment = HttpSettings['environment'];

/** The connections of one client: one pool per protocol, created on first use. */
export interface Dispatchers {
  readonly for: (url: URL) => Dispatcher;
  /** Aborts requests in progress. */
  readonly destroy: (why: Error) => Promise<void>;
}

/** Throws `HttpError` if the certificate file or the proxy URL cannot be used. */
export function dispatchers(settings: HttpSettings, timeouts: Timeouts): Dispatchers {
  const made = new Map<string, Dispatcher>();
  let cut: Error | undefined;
  return {
    for: ({ protocol, hostname }) => {
      if (cut !== undefined) throw cut;
      refuseAddress(hostname, settings);
      let dispatcher = made.get(protocol);
      if (dispatcher === undefined) {
        dispatcher = dispatcherOf(protocol, settings, timeouts);
        made.set(protocol, dispatcher);
      }
      return dispatcher;
    },
    destroy: async (why) => {
      cut = why;
      await Promise.all([...made.values()].map((dispatcher) => dispatcher.destroy(why)));
    },
  };
}

function dispatcherOf(protocol: string, settings: HttpSettings, timeouts: Timeouts): Dispatcher {
  const { concurrency, environment } = settings;
  const own = ownContext(settings);
  const { mayConnect } = settings;
  const connect = {
    timeout: timeouts.connect,
    ...(mayConnect === undefined ? {} : { lookup: guardedLookup(mayConnect) }),
    // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise disable verification.
    rejectUnauthorized: true,
    ...(own === null ? {} : { secureContext: own }),
  };
  const options = { connections: concurrency, pipelining: 1, connect };
  const proxy = proxyOf(protocol, environment);
  if (proxy === null) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: either(environment, 'no_proxy'),
    // Proxies often allow CONNECT only to port 443, so plain HTTP uses absolute-form requests.
    proxyTunnel: protocol === 'https:',
    requestTls: connect,
    // The client certificate is for registries, not for the proxy.
    proxyTls: { ...connect, ...(own === null ? {} : { secureContext: trust(settings) }) },
  });
}

/** The proxy for a protocol from the environment, read as curl does; null: none. */
function proxyOf(protocol: string, environment: Environment): string | null {
  const named = either(environment, protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  const proxy = named === '' ? either(environment, 'all_proxy') : named;
  if (proxy === '') return null;
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  // SOCKS is experimental in undici, and bypassing a configured proxy is not an option.
  if (URL.canParse(address) && /^https?:/i.test(address)) return address;
  // The URL is not repeated: it may hold a password.
  throw new HttpError('unreachable', 'the proxy of the environment has no http or https URL');
}

function either(environment: Environment, name: string): string {
  return environment[name] || environment[name.toUpperCase()] || '';
}

/** The TLS context with the certificates of the settings; null: no settings, use Node's default. */
function ownContext(settings: HttpSettings): tls.SecureContext | null {
  const { caFile, clientCertificate } = settings;
  return caFile === undefined && clientCertificate === undefined
    ? null
    : trust(settings, clientCertificate);
}

/**
 * Trusted roots: Node's, those of NODE_EXTRA_CA_CERTS (which a custom list would replace) and the file's.
 * Built once: parsing about 150 certificates costs more than a handshake.
 */
function trust(
  { caFile, environment }: HttpSettings,
  client?: HttpSettings['clientCertificate'],
): tls.SecureContext {
  const ca = [...tls.rootCertificates, ...pemFiles(caFile, environment)];
  if (client === undefined) return tls.createSecureContext({ ca });
  try {
    const cert = readFileSync(client.certFile);
    return tls.createSecureContext({ ca, cert, key: readFileSync(client.keyFile) });
  } catch (error) {
    throw unusable('--client-cert', error);
  }
}

function pemFiles(caFile: string | undefined, environment: Environment): readonly string[] {
  const files = [caFile ?? '', environment['NODE_EXTRA_CA_CERTS'] ?? ''];
  try {
    const more = files.filter((file) => file !== '').map((file) => readFileSync(file, 'utf8'));
    if (caFile !== undefined && !more[0]?.includes('-----BEGIN CERTIFICATE-----'))
      throw new Error('the file holds no certificate');
    return more;
  } catch (error) {
    throw unusable('--ca-file', error);
  }
}

function unusable(flag: string, error: unknown): HttpError {
  const why = error instanceof Error ? error.message : String(error);
  return new HttpError('tls', `the certificates of ${flag} cannot be used: ${why}`);
}
