import { cases } from '../../src/engine/cases.ts';
import { rescanOn } from './rescan-on.ts';

export default cases(rescanOn, {
  'images are rescanned as long as they exist': [
    { rescan: { mode: 'on', how: 'continuous scanning', days: null } },
    'pass',
  ],
  'a weekly schedule rescans everything': [
    { rescan: { mode: 'on', how: 'a weekly schedule', days: null } },
    'pass',
  ],
  'images are rescanned for half a year': [
    { rescan: { mode: 'on', how: 'continuous scanning', days: 180 } },
    'pass',
  ],
  'images are rescanned for exactly the minimum number of days': [
    { rescan: { mode: 'on', how: 'continuous scanning', days: 30 } },
    'pass',
  ],
  'rescanning ends after two weeks': [
    { rescan: { mode: 'on', how: 'continuous scanning', days: 14 } },
    'fail',
  ],
  'images are scanned only on push': [
    { rescan: { mode: 'off', why: 'images are scanned only on push' } },
    'fail',
  ],
  'a schedule is stored without a scanner': [
    { rescan: { mode: 'off', why: 'the schedule has no scanner' } },
    'fail',
  ],
});
