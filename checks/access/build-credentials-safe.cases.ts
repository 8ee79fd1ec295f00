import { cases } from '../../src/engine/cases.ts';
import { buildCredentialsSafe } from './build-credentials-safe.ts';

const task = (
  ...credentials: { what: string; kept: 'identity' | 'vault' | 'stored' | 'plain' }[]
) => ({
  buildTasks: [{ name: 'nightly', pushes: true, credentials }],
});

export default cases(buildCredentialsSafe, {
  'the registry runs no builds': [{ buildTasks: [] }, 'pass'],
  'a build without credentials': [task(), 'pass'],
  'a managed identity replaces the credential': [
    task({ what: 'login of registry.example.org', kept: 'identity' }),
    'pass',
  ],
  'the password is in a secret store': [
    task({ what: 'login of registry.example.org', kept: 'vault' }),
    'pass',
  ],
  'a password is stored with the task': [
    task({ what: 'login of registry.example.org', kept: 'stored' }),
    'fail',
  ],
  'a plain-text argument holds a secret': [task({ what: 'argument TOKEN', kept: 'plain' }), 'fail'],
});
