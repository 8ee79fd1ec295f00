import * as tls from 'node:tls';
/*
 * undici as a package, not Node's built-in one: each dispatcher accepts a connect timeout, a certificate
 * store and a proxy, and responses are not decompressed, so that this code can limit decompression. The
 * version is pinned because Node does not guarantee these options.
 */
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { guardedLookup, refuseAddress } from './address-guard.ts';
import { HttpError, type HttpSettings, type Timeouts } from './http.ts';
import { proxyCredential, proxyFor } from './proxy.ts';
import { type TlsInput, tlsMaterial } from './tls-material.ts';

/** The connections of one client: one pool per protocol and proxy, created on first use. */
export interface Dispatchers {
  readonly for: (url: URL) => Dispatcher;
  /** Aborts requests in progress. */
  readonly destroy: (why: Error) => Promise<void>;
}

/** Throws `HttpError` if the certificate file or the proxy URL cannot be used. */
export function dispatchers(settings: HttpSettings, timeouts: Timeouts): Dispatchers {
  const made = new Map<string, Dispatcher>();
  const home = new URL(settings.base).hostname;
  const elsewhere = { ...settings, clientCertificate: undefined };
  let cut: Error | undefined;
  return {
    for: (url) => {
      if (cut !== undefined) throw cut;
      refuseAddress(url.hostname, settings);
      const proxy = proxyFor(url, settings.environment);
      // The certificate of a client is for its registry, not for where that redirects to.
      const own = url.hostname === home ? settings : elsewhere;
      const key = `${url.protocol} ${proxy} ${own === settings}`;
      let dispatcher = made.get(key);
      if (dispatcher === undefined) {
        dispatcher = dispatcherOf(url.protocol, proxy, own, timeouts);
        made.set(key, dispatcher);
      }
      return dispatcher;
    },
    destroy: async (why) => {
      cut = why;
      await Promise.all([...made.values()].map((dispatcher) => dispatcher.destroy(why)));
    },
  };
}

function dispatcherOf(
  protocol: string,
  proxy: URL | null,
  settings: HttpSettings,
  timeouts: Timeouts,
): Dispatcher {
  const { concurrency } = settings;
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
  if (proxy === null) return new Agent(options);
  const credential = proxyCredential(proxy);
  return new ProxyAgent({
    ...options,
    uri: proxy.origin,
    ...(credential === undefined ? {} : { token: credential }),
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
