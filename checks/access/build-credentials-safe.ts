import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const buildCredentialsSafe = defineCheck({
  id: 'build-credentials-safe',
  subject: 'registry',
  severity: 'medium',
  impact: 'write',
  title: 'Builds run by the registry use no stored credentials',
  why: 'A credential stored with a build task remains after its owner has left, and anyone who can change the task can read or use it.',
  checklist: ['F1', 'B5'],
  topics: ['no-shared-admin-static-credentials', 'least-privilege-and-push-restricted'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-06-Insufficient-Credential-Hygiene',
  ],
  needs: ['buildTasks'],
  decidedBy: ['buildTasks'],

  judge({ buildTasks }) {
    const faults = buildTasks.flatMap(({ name, credentials }) =>
      credentials
        .filter(({ kept }) => kept === 'plain' || kept === 'stored')
        .map(({ what, kept }) => `${name} ${kept === 'plain' ? 'exposes' : 'stores'} ${what}`),
    );
    if (faults.length > 0) return fail(enumerate(faults));
    return pass(
      buildTasks.length === 0
        ? 'the registry runs no builds'
        : 'builds use only identities or a secret store',
    );
  },
});
