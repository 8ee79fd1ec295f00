import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const anonymousCatalogOff = defineCheck({
  id: 'anonymous-catalog-off',
  subject: 'registry',
  severity: 'medium',
  title: 'Repository names are not shown to strangers',
  why: 'Names tell what is built, for whom and with what, and which images are worth attacking.',
  checklist: ['C1'],
  topics: ['no-anonymous-public-access', 'authentication-required'],
  references: ['https://attack.mitre.org/techniques/T1613/'],
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
