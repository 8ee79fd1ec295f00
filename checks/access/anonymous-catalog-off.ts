import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const anonymousCatalogOff = defineCheck({
  id: 'anonymous-catalog-off',
  subject: 'registry',
  severity: 'medium',
  title: 'Repository names are not shown to strangers',
  why: 'Names tell what is built, for whom and with what, and which images are worth attacking.',
  answers: ['C1'],
  topics: ['no-anonymous-public-access', 'authentication-required'],
  references: [
    'https://attack.mitre.org/techniques/T1613/',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html',
  ],
  fix: {
    'artifact-registry': {
      command:
        'gcloud projects remove-iam-policy-binding <project> --member=allUsers --role=<role>',
      terraform: 'google_project_iam_member: no member "allUsers" or "allAuthenticatedUsers"',
      console: 'Google Cloud console > IAM & Admin > IAM > allUsers > Remove access',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"public":"false"}}\' https://<host>/api/v2.0/projects/<project>',
      terraform: 'harbor_project: public = false',
      console: 'Projects > (project) > Configuration > Project registry: Public',
    },
  },
  needs: ['anonymousCatalog'],

  judge({ anonymousCatalog }) {
    switch (anonymousCatalog.mode) {
      case 'hidden':
        return pass('repository names are hidden from clients without login');
      case 'listed':
        return fail(
          `repository names are listed to clients without login (${anonymousCatalog.how})`,
        );
    }
  },
});
