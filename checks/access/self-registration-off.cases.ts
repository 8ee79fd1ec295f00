import { cases } from '../../src/engine/cases.ts';
import { selfRegistrationOff } from './self-registration-off.ts';

export default cases(selfRegistrationOff, {
  'only administrators create accounts': [{ selfRegistration: { mode: 'off' } }, 'pass'],
  'anyone can sign up': [{ selfRegistration: { mode: 'on', how: 'self registration' } }, 'fail'],
  'anyone with an address of the right domain can sign up': [
    { selfRegistration: { mode: 'on', how: 'sign-up limited to *.example.com' } },
    'fail',
  ],
});
