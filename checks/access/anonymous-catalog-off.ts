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
    'docker-hub': {
      risk: 'Everybody who pulls without signing in is cut off.',
      undo: 'Make the repository public again in the same place.',
      terraform: 'docker_hub_repository: private = true',
      console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Make private',
      instead:
        'whatever is public can be searched for: make repositories private, or keep public ones in a namespace of their own',
    },
    acr: {
      risk: 'Clients that pull without a login stop working.',
      undo: 'az acr update --name <registry> --anonymous-pull-enabled true',
      command: 'az acr update --name <registry> --anonymous-pull-enabled false',
      terraform: 'azurerm_container_registry: anonymous_pull_enabled = false',
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
