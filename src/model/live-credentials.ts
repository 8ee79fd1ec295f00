import type { Credential } from './identity.ts';
import { daysBetween } from './instant.ts';

/** The credentials that have not expired at `now`. */
export function liveCredentials(credentials: readonly Credential[], now: string): Credential[] {
  return credentials.filter(
    ({ expiresAt }) => expiresAt === null || daysBetween(now, expiresAt) >= 0,
  );
}
