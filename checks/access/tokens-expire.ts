import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Credential } from '../../src/model/identity.ts';
import { daysBetween } from '../../src/model/instant.ts';
import { liveCredentials } from '../../src/model/live-credentials.ts';

export const tokensExpire = defineCheck({
  id: 'tokens-expire',
  subject: 'registry',
  severity: 'high',
  title: 'Every robot, token, key and password ends within the allowed life',
  why: 'A credential that never ends works for whoever finds it, years later, in an old log, laptop or image.',
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
    const longLived = live.filter((credential) => life(credential, now) > longestTokenDays);
    const faults = [
      ...endless.map(({ kind, name }) => `${kind} ${name} never ends`),
      ...longLived.map(
        (credential) => `${credential.kind} ${credential.name} lives ${life(credential, now)} days`,
      ),
    ];
    if (faults.length > 0)
      return fail(`${enumerate(faults)}; expect.longestTokenDays allows ${longestTokenDays}`);
    return pass(
      live.length === 0
        ? 'no credential outlives a session'
        : `every credential ends within ${longestTokenDays} days`,
    );
  },
});

/** From creation to end; from now where the platform does not tell the creation, or tells a later one. */
function life({ createdAt, expiresAt }: Credential, now: string): number {
  if (expiresAt === null) return 0;
  return Math.max(daysBetween(createdAt ?? now, expiresAt), daysBetween(now, expiresAt));
}
