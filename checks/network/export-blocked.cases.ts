import { cases } from '../../src/engine/cases.ts';
import { exportBlocked } from './export-blocked.ts';

export default cases(exportBlocked, {
  'a setting blocks exports': [
    { dataExport: { mode: 'blocked', by: 'the export policy' } },
    'pass',
  ],
  'a service perimeter blocks exports': [
    { dataExport: { mode: 'blocked', by: 'a service perimeter' } },
    'pass',
  ],
  'the setting is at its default': [
    { dataExport: { mode: 'open', how: 'the export policy is enabled' } },
    'fail',
  ],
});
