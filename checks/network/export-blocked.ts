import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const exportBlocked = defineCheck({
  id: 'export-blocked',
  subject: 'registry',
  severity: 'low',
  title: 'Images cannot be copied past the network rules to a registry elsewhere',
  why: 'The platform itself can carry images out of a closed network when somebody inside or with stolen rights asks it to.',
  checklist: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['dataExport'],

  judge({ dataExport }) {
    switch (dataExport.mode) {
      case 'blocked':
        return pass(`export is blocked by ${dataExport.by}`);
      case 'open':
        return fail(`images can be copied out: ${dataExport.how}`);
    }
  },
});
