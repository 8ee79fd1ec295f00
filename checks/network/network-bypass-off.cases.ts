import { cases } from '../../src/engine/cases.ts';
import { networkBypassOff } from './network-bypass-off.ts';

export default cases(networkBypassOff, {
  'nobody passes': [{ networkBypass: { mode: 'none' } }, 'pass'],
  'trusted services of the platform pass': [
    { networkBypass: { mode: 'allowed', who: ['trusted services'] } },
    'fail',
  ],
  'build tasks pass': [{ networkBypass: { mode: 'allowed', who: ['build tasks'] } }, 'fail'],
  'a bypass is on and the platform does not say for whom': [
    { networkBypass: { mode: 'allowed', who: [] } },
    'fail',
  ],
});
