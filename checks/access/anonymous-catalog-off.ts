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
    acr: {
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
