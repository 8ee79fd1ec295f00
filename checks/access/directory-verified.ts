import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const directoryVerified = defineCheck({
  id: 'directory-verified',
  subject: 'registry',
  severity: 'high',
  title: 'The directory that people sign in through is reached over verified TLS',
  why: 'Passwords and tokens of everyone go to that server. Whoever can stand in for it signs in as anybody.',
  answers: ['C1', 'F1'],
  topics: ['mfa-sso', 'tls'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-02-Inadequate-Identity-And-Access-Management',
    'https://csrc.nist.gov/pubs/sp/800/190/final',
  ],
  fix: {
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"oidc_verify_cert":true}\' https://<host>/api/v2.0/configurations # for LDAP: {"ldap_url":"ldaps://<server>","ldap_verify_cert":true}',
      terraform:
        'harbor_config_auth: oidc_verify_cert = true; or ldap_url = "ldaps://<server>", ldap_verify_cert = true',
      console: 'Administration > Configuration > Authentication > Verify Certificate',
    },
  },
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
