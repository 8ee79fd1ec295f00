import { cases } from '../../src/engine/cases.ts';
import { anonymousPushOff } from './anonymous-push-off.ts';

export default cases(anonymousPushOff, {
  'a client without login is refused': [{ anonymousPush: { mode: 'refused' } }, 'pass'],
  'the settings let strangers push, which is read and never tried': [
    { anonymousPush: { mode: 'accepted', how: 'the anonymous role may write' } },
    'fail',
  ],
  'no authentication is set up at all': [
    { anonymousPush: { mode: 'accepted', how: 'the API answers without a challenge' } },
    'fail',
  ],
});
