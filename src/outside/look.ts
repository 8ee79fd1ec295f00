import { isSpecialAddress } from '../http/address-guard.ts';
import { HttpError } from '../http/http.ts';
import { isLoopback } from '../http/target.ts';
import { type Stranger, strangerAt } from '../oci/stranger.ts';
import { mayWrite } from '../oci/token-rights.ts';
import type { OutsideImage, ScanContext } from '../providers/contract.ts';
import { httpSettingsFor } from '../providers/http-api.ts';
import { transportOf } from '../providers/transport.ts';

/**
 * What a client without credentials gets from a registry. Only successes are told: a refusal, a rate limit, a
 * firewall and silence are all null or empty, because they prove nothing. Never rejects.
 */
export interface Look {
  /** Why a stranger can push. */
  readonly push: () => Promise<string | null>;
  /** Names of repositories that a stranger is shown. */
  readonly names: () => Promise<readonly string[]>;
  /** What is weak about the connection. */
  readonly weakness: () => Promise<Weakness | null>;
  /** Whether a stranger gets the manifest of an image; asked of the first `mostPulls` images. */
  readonly pulls: (image: OutsideImage) => Promise<boolean>;
  /** How many requests were made. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
  /** The registry is on this machine. */
  readonly isLocal: boolean;
}

export type Weakness =
  | { readonly mode: 'plain-http'; readonly where: string }
  | { readonly mode: 'weak'; readonly why: string };

export interface LookOptions {
  /** The registry's id, for progress. */
  readonly registry: string;
  /** Base of the distribution API. */
  readonly base: string;
  readonly realms: readonly string[];
  /** What the names of its repositories begin with; empty: the host is its own. */
  readonly prefix: string;
  readonly context: ScanContext;
}

/** The operations as evidence and progress name them. */
const operations = {
  ping: 'probe:ping',
  catalog: 'probe:catalog',
  pull: 'probe:pull',
  token: 'probe:token',
  uploads: 'probe:uploads',
} as const;

/** Most images of one registry that are asked for. */
const mostPulls = 1000;

/** A name that is asked about and need not exist. */
const probeName = 'regaudit/probe';

/** Opens nothing before it is asked. After the first rate limit nothing more is asked. */
export function lookFrom({ registry, base, realms, prefix, context }: LookOptions): Look {
  const url = new URL(base);
  const settings = httpSettingsFor(
    {
      ...context,
      retryPolicy: { ...context.retryPolicy, maxAttempts: 1 },
      // A stranger has no certificate either.
      clientCertificate: undefined,
    },
    registry,
    base,
  );
  // A registry on this machine may name a token service on this machine.
  const isOwn = isLoopback(url) || isSpecialAddress(url.hostname.replace(/^\[|\]$/g, ''));
  const mayConnect = isOwn ? undefined : (address: string) => !isSpecialAddress(address);
  const stranger = strangerAt({ ...settings, mayConnect }, operations, realms);
  let limited = false;
  let asked = 0;
  const quietly = async <T>(look: () => Promise<T>, nothing: T): Promise<T> => {
    if (limited) return nothing;
    return look().catch((error: unknown) => {
      limited ||= error instanceof HttpError && error.code === '429';
      return nothing;
    });
  };
  return {
    push: () => quietly(() => pushOf(stranger, `${prefix}${probeName}`), null),
    names: () =>
      quietly(async () => {
        const glance = await stranger.catalog();
        if (glance.mode === 'refused') return [];
        // What others show on a host that they share is not of this registry.
        return glance.value.filter((name) => name.startsWith(prefix));
      }, []),
    weakness: () => quietly(() => weaknessOf(url, context), null),
    pulls({ repository, tag, below = '' }) {
      asked += 1;
      if (asked > mostPulls) return Promise.resolve(false);
      return quietly(
        async () => (await stranger.pull(repository, tag, below)).mode === 'answered',
        false,
      );
    },
    calls: stranger.calls,
    close: stranger.close,
    isLocal: isLoopback(url),
  };
}

async function pushOf(stranger: Stranger, repository: string): Promise<string | null> {
  const ping = await stranger.ping();
  if (ping.open) {
    if (!ping.likeDistribution) return null;
    const uploads = await stranger.uploads(repository);
    const offered = uploads.mode === 'answered' && uploads.value.includes('POST');
    return offered ? 'no login is asked for and uploads are offered' : null;
  }
  const rights = await stranger.rights(ping, repository);
  if (rights.mode === 'refused' || rights.value === null || !mayWrite(rights.value)) return null;
  return `a token with ${rights.value.join(', ')} is issued without login`;
}

/** A certificate that is not trusted from here may be a proxy's: it decides nothing. */
async function weaknessOf(url: URL, context: ScanContext): Promise<Weakness | null> {
  const seen = await transportOf(url, context, '/v2/');
  if (seen.mode === 'plain-http') return seen;
  if (seen.mode !== 'https-only' || seen.minimumVersion !== '1.1') return null;
  return { mode: 'weak', why: 'TLS 1.1 or older is accepted' };
}
