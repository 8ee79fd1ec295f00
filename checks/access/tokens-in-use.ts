import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Credential, CredentialUse } from '../../src/model/identity.ts';
import { daysBetween, isToCome } from '../../src/model/instant.ts';
import { liveCredentials } from '../../src/model/live-credentials.ts';

export const tokensInUse = defineCheck({
  id: 'tokens-in-use',
  subject: 'registry',
  severity: 'low',
  title: 'No credential has been unused for longer than allowed',
  why: 'Nobody misses an unused credential, and nobody notices when an attacker starts to use it.',
  checklist: ['F1'],
  topics: ['no-shared-admin-static-credentials'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-06-Insufficient-Credential-Hygiene',
  ],
  needs: ['credentials', 'credentialUse'],

  judge({ credentials, credentialUse }, { now, unusedTokenDays }) {
    const live = liveCredentials(credentials, now);
    const faults = live.flatMap((credential) => {
      const idle = idleDays(credential, credentialUse, now);
      return idle > unusedTokenDays
        ? [`${credential.kind} ${credential.name} ${formatIdle(idle)}`]
        : [];
    });
    if (faults.length > 0)
      return fail(`${enumerate(faults)}; expect.unusedTokenDays allows ${unusedTokenDays}`);
    return pass(
      live.length === 0
        ? 'there are no long-lived credentials'
        : `every credential was used or created within ${unusedTokenDays} days`,
    );
  },
});

/**
 * Days since the last use; since creation if never used; Infinity if the creation time is null too. The
 * longest if several credentials share the name. Throws if no use record exists, which makes the
 * verdict unknown.
 */
function idleDays(
  { name, createdAt }: Credential,
  uses: readonly CredentialUse[],
  now: string,
): number {
  const own = uses.filter((one) => one.name === name);
  if (own.length === 0) throw new Error(`the last use of ${name} is unknown`);
  const idle = own.map(({ lastUsedAt }) => {
    const since = lastUsedAt ?? createdAt;
    // A use that is dated ahead proves nothing.
    const unclear = since === null || isToCome(since, now);
    return unclear ? Number.POSITIVE_INFINITY : daysBetween(since, now);
  });
  return Math.max(...idle);
}

function formatIdle(idle: number): string {
  return Number.isFinite(idle)
    ? `has been unused for ${idle} days`
    : 'was never used or is dated ahead, and its age is unknown';
}
