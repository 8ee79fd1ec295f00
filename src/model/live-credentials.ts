import type { Credential } from './identity.ts';
import { daysBetween } from './instant.ts';

/** The credentials that still open something at `now`: an ended one is no risk. */
export function liveCredentials(credentials: readonly Credential[], now: string): Credential[] {
  return credentials.filter(
    ({ expiresAt }) => expiresAt === null || daysBetween(now, expiresAt) >= 0,
  );
}
