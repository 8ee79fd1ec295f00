import { cases } from '../../src/engine/cases.ts';
import { networkBypassOff } from './network-bypass-off.ts';

export default cases(networkBypassOff, {
  'nobody bypasses the rules': [{ networkBypass: { mode: 'none' } }, 'pass'],
  'trusted services of the platform bypass the rules': [
    { networkBypass: { mode: 'allowed', who: ['trusted services'] } },
    'fail',
  ],
  'build tasks bypass the rules': [
    { networkBypass: { mode: 'allowed', who: ['build tasks'] } },
    'fail',
  ],
  'a bypass is enabled and the platform does not report for whom': [
    { networkBypass: { mode: 'allowed', who: [] } },
    'fail',
  ],
});
