import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Credential } from '../../src/model/identity.ts';
import { daysBetween } from '../../src/model/instant.ts';
import { liveCredentials } from '../../src/model/live-credentials.ts';

export const tokensInUse = defineCheck({
  id: 'tokens-in-use',
  subject: 'registry',
  severity: 'low',
  title: 'No credential has lain unused for longer than allowed',
  why: 'Nobody misses an unused credential, and nobody notices when someone else begins to use it.',
  checklist: ['F1'],
  topics: ['no-shared-admin-static-credentials'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-06-Insufficient-Credential-Hygiene',
  ],
  needs: ['credentials', 'credentialUse'],

  judge({ credentials }, { now, unusedTokenDays }) {
    const live = liveCredentials(credentials, now);
    const faults = live.flatMap((credential) => {
      const idle = idleDays(credential, now);
      return idle > unusedTokenDays ? [`${credential.kind} ${credential.name} ${words(idle)}`] : [];
    });
    if (faults.length > 0)
      return fail(`${enumerate(faults)}; expect.unusedTokenDays allows ${unusedTokenDays}`);
    return pass(
      live.length === 0
        ? 'no credential outlives a session'
        : `every credential was used or created within ${unusedTokenDays} days`,
    );
  },
});

/**
 * Since the last use; since creation when never used; for ever when its age is not told either. Throws,
 * which makes the verdict unknown, where use is recorded and yet not told: age stands for no use.
 */
function idleDays({ name, lastUsedAt, createdAt }: Credential, now: string): number {
  if (lastUsedAt === 'not-told') throw new Error(`when ${name} was last used is not told`);
  const since = lastUsedAt ?? createdAt;
  return since === null ? Number.POSITIVE_INFINITY : daysBetween(since, now);
}

function words(idle: number): string {
  return Number.isFinite(idle)
    ? `is unused for ${idle} days`
    : 'was never used and has no known age';
}
