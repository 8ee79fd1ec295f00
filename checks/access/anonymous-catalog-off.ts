import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const anonymousCatalogOff = defineCheck({
  id: 'anonymous-catalog-off',
  subject: 'registry',
  severity: 'medium',
  impact: 'exposure',
  title: 'Clients without login cannot list repository names',
  why: 'Names reveal what is built, for whom and with what, and which images are worth attacking.',
  checklist: ['C1'],
  topics: ['no-anonymous-public-access', 'authentication-required'],
  references: ['https://attack.mitre.org/techniques/T1613/'],
  needs: ['anonymousCatalog'],

  judge({ anonymousCatalog }) {
    switch (anonymousCatalog.mode) {
      case 'hidden':
        return pass('clients without login cannot list repository names');
      case 'listed':
        return fail(`clients without login can list repository names (${anonymousCatalog.how})`);
    }
  },
});
