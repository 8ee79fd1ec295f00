import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const directoryVerified = defineCheck({
  id: 'directory-verified',
  subject: 'registry',
  severity: 'high',
  impact: 'write',
  title: 'The identity provider is reached over verified TLS',
  why: 'All passwords and tokens go to that server. An attacker who impersonates it can sign in as anyone.',
  checklist: ['C1', 'F1'],
  topics: ['mfa-sso', 'tls'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-02-Inadequate-Identity-And-Access-Management',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  needs: ['directory'],

  judge({ directory }) {
    switch (directory.mode) {
      case 'none':
        return pass('no external identity provider is configured');
      case 'verified':
        return pass(`${directory.through} is reached over verified TLS`);
      case 'unverified':
        return fail(`the connection to ${directory.through} is not protected: ${directory.why}`);
    }
  },
});
