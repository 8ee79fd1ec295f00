import { cases } from '../../src/engine/cases.ts';
import { adminUserOff } from './admin-user-off.ts';

export default cases(adminUserOff, {
  'there is no such login': [{ sharedLogin: { mode: 'none' } }, 'pass'],
  'the login is switched off': [{ sharedLogin: { mode: 'disabled', account: 'admin' } }, 'pass'],
  'the admin user of the registry is on': [
    { sharedLogin: { mode: 'active', account: 'contoso', kind: 'shared' } },
    'fail',
  ],
  'the default administrator of the vendor is still there': [
    { sharedLogin: { mode: 'active', account: 'admin', kind: 'vendor-default' } },
    'fail',
  ],
  'a local administrator gets round single sign-on': [
    { sharedLogin: { mode: 'active', account: 'admin', kind: 'local-admin' } },
    'fail',
  ],
});
