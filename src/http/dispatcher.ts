import * as tls from 'node:tls';
/*
 * undici as a package, not Node's built-in one: each dispatcher accepts a connect timeout, a certificate
 * store and a proxy, and responses are not decompressed, so that this code can limit decompression. The
 * version is pinned because Node does not guarantee these options.
 */
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { guardedLookup, refuseAddress } from './address-guard.ts';
import { HttpError, type HttpSettings, type Timeouts } from './http.ts';
import { type TlsInput, tlsMaterial } from './tls-material.ts';

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
  const own = contextWith(settings);
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
    // The certificate of a client is for registries.
    proxyTls: {
      ...connect,
      ...(own === null
        ? {}
        : {
            secureContext:
              contextWith({ ...settings, clientCertificate: undefined }) ??
              tls.createSecureContext(),
          }),
    },
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

/**
 * With the certificates of the settings; null: there are none, and Node's own will do. Made once: reading
 * some hundred and fifty certificates costs more than a handshake.
 */
function contextWith(settings: TlsInput): tls.SecureContext | null {
  const material = tlsMaterial(settings);
  if (material === null) return null;
  try {
    return tls.createSecureContext(material);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new HttpError('tls', `the certificates of --client-cert cannot be used: ${why}`);
  }
}
