import { cases } from '../../src/engine/cases.ts';
import { encryptedWithOwnKey } from './encrypted-with-own-key.ts';

const key = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd';

export default cases(encryptedWithOwnKey, {
  'a customer-managed key is in use': [
    { encryption: { mode: 'own-key', key, usable: { mode: 'yes' } } },
    'pass',
  ],
  'the key is disabled': [
    { encryption: { mode: 'own-key', key, usable: { mode: 'no', why: 'it is disabled' } } },
    'fail',
  ],
  'the key is scheduled for deletion': [
    {
      encryption: { mode: 'own-key', key, usable: { mode: 'no', why: 'its deletion is pending' } },
    },
    'fail',
  ],
  'KMS with a platform-managed key is not a customer-managed key': [
    { encryption: { mode: 'platform-key', detail: 'KMS with the AWS-managed key aws/ecr' } },
    'fail',
  ],
  'the platform encrypts by default': [
    { encryption: { mode: 'platform-key', detail: 'AES-256' } },
    'fail',
  ],
  'the storage of a self-hosted registry has no customer-managed key': [
    { encryption: { mode: 'platform-key', detail: 'the storage decides' } },
    'fail',
  ],
});
