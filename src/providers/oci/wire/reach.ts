import type { HttpSettings } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import { isLoopback } from '../../../http/target.ts';
import type { Ping } from '../../../oci/ping.ts';
import { type Stranger, strangerAt } from '../../../oci/stranger.ts';

/** A registry that answered. */
export interface Reached {
  readonly base: string;
  readonly ping: Ping;
  readonly stranger: Stranger;
  /** Whether credentials may go there: over https, to this machine, or where the configuration says http. */
  readonly maySignIn: boolean;
}

export interface ReachOptions {
  /** `https://host[:port]`, or what the configuration names. */
  readonly base: string;
  /** Whether the configuration names the address, scheme included. */
  readonly chosen: boolean;
  readonly settingsFor: (base: string) => HttpSettings;
  readonly realms: readonly string[];
}

const strangerOperations = {
  ping: 'ping',
  catalog: 'anonymousCatalog',
  pull: 'anonymousPull',
  token: 'anonymousToken',
  uploads: 'anonymousUploadMethods',
};

/**
 * Pings over https and, as docker does for registries without TLS, over http where nothing speaks TLS; then no
 * credential is sent, except to this machine. Rejects with what went wrong over https.
 */
export async function reach(options: ReachOptions): Promise<Reached> {
  const { base, chosen } = options;
  if (chosen) return at(base, options, true);
  return at(base, options, true).catch((error: unknown) => {
    if (!mayBePlain(error)) throw error;
    const plain = base.replace(/^https:/, 'http:');
    return at(plain, options, isLoopback(new URL(plain))).catch(() => {
      throw error;
    });
  });
}

/** Whether nothing seems to speak TLS there. A certificate that is rejected is no reason to do without. */
export function mayBePlain(error: unknown): boolean {
  const code = httpErrors.codeOf(error);
  if (code === 'unreachable') return true;
  return (
    code === 'tls' && error instanceof Error && /\((?:EPROTO|ERR_SSL_\w+)\)/.test(error.message)
  );
}

async function at(
  base: string,
  { settingsFor, realms }: ReachOptions,
  maySignIn: boolean,
): Promise<Reached> {
  const stranger = strangerAt(settingsFor(base), strangerOperations, realms);
  const ping = await stranger.ping().catch(async (error: unknown) => {
    await stranger.close();
    throw error;
  });
  return { base, ping, stranger, maySignIn };
}
