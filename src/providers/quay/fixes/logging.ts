import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { guides, setting } from './pages.ts';

export const logging = {
  'audit-log-exported': {
    ...setting('LOGS_MODEL: splunk or elasticsearch, and LOGS_MODEL_CONFIG'),
    risk: 'What is in the database already stays there; without a search of its own Quay shows no logs any more.',
    references: [guides.managing],
  },
  'audit-log-kept': {
    ...setting('FEATURE_ACTION_LOG_ROTATION: false, or ACTION_LOG_ROTATION_THRESHOLD: 365d'),
    risk: 'The database grows. Whoever runs it can alter the log there: only a copy elsewhere is out of reach.',
    references: [guides.managing],
  },
  'audit-log-on': {
    ...setting('DISABLED_FOR_AUDIT_LOGS without the namespace'),
    risk: 'The log takes space.',
    references: [guides.configuring],
  },
  'pulls-logged': {
    ...setting(
      'DISABLED_FOR_PULL_LOGS without the namespace and FEATURE_DISABLE_PULL_LOGS_FOR_FREE_NAMESPACES: false',
    ),
    risk: 'Every pull adds a record.',
    references: [guides.configuring],
  },
} satisfies Record<Failable['logging'], Fix>;
