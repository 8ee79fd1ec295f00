import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const exportBlocked = defineCheck({
  id: 'export-blocked',
  subject: 'registry',
  severity: 'low',
  title: 'Images cannot be exported past the network rules',
  why: 'An insider, or an attacker with stolen permissions, can have the platform itself copy images out of a closed network.',
  checklist: ['C2'],
  topics: ['network-restricted-private-endpoint'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['dataExport'],

  judge({ dataExport }) {
    switch (dataExport.mode) {
      case 'blocked':
        return pass(`export is blocked by ${dataExport.by}`);
      case 'open':
        return fail(`images can be exported: ${dataExport.how}`);
    }
  },
});
