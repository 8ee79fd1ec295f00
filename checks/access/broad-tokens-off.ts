import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Credential } from '../../src/model/identity.ts';
import { liveCredentials } from '../../src/model/live-credentials.ts';

export const broadTokensOff = defineCheck({
  id: 'broad-tokens-off',
  subject: 'registry',
  severity: 'medium',
  impact: 'write',
  title: 'No credential has access to every repository',
  why: 'A leaked credential should expose one repository, not the whole registry.',
  checklist: ['F1', 'F2'],
  topics: ['no-shared-admin-static-credentials', 'least-privilege-and-push-restricted'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-05-Insufficient-PBAC',
  ],
  needs: ['credentials'],
  decidedBy: ['credentials'],

  judge({ credentials }, { now }) {
    const broad = liveCredentials(credentials, now).filter(
      ({ reach }) => reach === 'every-repository',
    );
    return broad.length === 0
      ? pass('no credential has access to every repository')
      : fail(`credentials with access to every repository: ${enumerate(broad.map(label))}`);
  },
});

function label({ kind, name, can }: Credential): string {
  return `${kind} ${name} (${can})`;
}
