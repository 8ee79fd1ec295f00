import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Credential } from '../../src/model/identity.ts';
import { daysBetween } from '../../src/model/instant.ts';
import { liveCredentials } from '../../src/model/live-credentials.ts';

export const tokensExpire = defineCheck({
  id: 'tokens-expire',
  subject: 'registry',
  severity: 'high',
  impact: 'write',
  title: 'Every robot account, token, key and password expires within the allowed lifetime',
  why: 'A credential that never expires still works for anyone who finds it years later in an old log, laptop or image.',
  checklist: ['F1'],
  topics: ['no-shared-admin-static-credentials'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-06-Insufficient-Credential-Hygiene',
  ],
  needs: ['credentials'],
  decidedBy: ['credentials'],

  judge({ credentials }, { now, longestTokenDays }) {
    const live = liveCredentials(credentials, now);
    const endless = live.filter(({ expiresAt }) => expiresAt === null);
    const longLived = live.filter((credential) => lifetimeDays(credential, now) > longestTokenDays);
    const faults = [
      ...endless.map(({ kind, name }) => `${kind} ${name} never expires`),
      ...longLived.map(
        (credential) =>
          `${credential.kind} ${credential.name} is valid for ${lifetimeDays(credential, now)} days`,
      ),
    ];
    if (faults.length > 0)
      return fail(`${enumerate(faults)}; expect.longestTokenDays allows ${longestTokenDays}`);
    return pass(
      live.length === 0
        ? 'there are no long-lived credentials'
        : `every credential expires within ${longestTokenDays} days`,
    );
  },
});

/** Days from creation to expiry; from now if the creation time is absent or in the future. */
function lifetimeDays({ createdAt, expiresAt }: Credential, now: string): number {
  if (expiresAt === null) return 0;
  return Math.max(daysBetween(createdAt ?? now, expiresAt), daysBetween(now, expiresAt));
}
