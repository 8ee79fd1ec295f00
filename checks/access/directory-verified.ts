import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const directoryVerified = defineCheck({
  id: 'directory-verified',
  subject: 'registry',
  severity: 'high',
  title: 'The directory that people sign in through is reached over verified TLS',
  why: 'Passwords and tokens of everyone go to that server. Whoever can stand in for it signs in as anybody.',
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
        return pass('no outside directory is asked');
      case 'verified':
        return pass(`${directory.through} is asked over verified TLS`);
      case 'unverified':
        return fail(`${directory.through} is asked unprotected: ${directory.why}`);
    }
  },
});
