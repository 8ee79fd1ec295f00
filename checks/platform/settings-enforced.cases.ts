import { cases } from '../../src/engine/cases.ts';
import { settingsEnforced } from './settings-enforced.ts';

export default cases(settingsEnforced, {
  'the policy is in force': [{ settingsInForce: { mode: 'yes' } }, 'pass'],
  'no policy is stored': [{ settingsInForce: { mode: 'nothing-stored' } }, 'pass'],
  'the old scope enforces only a few actions of the policy': [
    { settingsInForce: { mode: 'no', stored: 'a registry policy under scope V1' } },
    'fail',
  ],
  'the policy is in dry-run mode': [
    { settingsInForce: { mode: 'no', stored: 'a policy in dry run' } },
    'fail',
  ],
});
