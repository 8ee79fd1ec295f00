import { cases } from '../../src/engine/cases.ts';
import { adminUserOff } from './admin-user-off.ts';

export default cases(adminUserOff, {
  'the registry has no shared administrator login': [{ sharedLogin: { mode: 'none' } }, 'pass'],
  'the login is disabled': [{ sharedLogin: { mode: 'disabled', account: 'admin' } }, 'pass'],
  'the admin user of the registry is enabled': [
    { sharedLogin: { mode: 'active', account: 'contoso', kind: 'shared' } },
    'fail',
  ],
  'the default administrator of the vendor is active': [
    { sharedLogin: { mode: 'active', account: 'admin', kind: 'vendor-default' } },
    'fail',
  ],
  'a local administrator bypasses single sign-on': [
    { sharedLogin: { mode: 'active', account: 'admin', kind: 'local-admin' } },
    'fail',
  ],
});
