import { cases } from '../../src/engine/cases.ts';
import { anonymousPushOff } from './anonymous-push-off.ts';

export default cases(anonymousPushOff, {
  'a client without login is refused': [{ anonymousPush: { mode: 'refused' } }, 'pass'],
  'the settings allow anonymous push': [
    { anonymousPush: { mode: 'accepted', how: 'the anonymous role may write' } },
    'fail',
  ],
  'no authentication is configured': [
    { anonymousPush: { mode: 'accepted', how: 'the API answers without a challenge' } },
    'fail',
  ],
});
