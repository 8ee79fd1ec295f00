import type { Severity } from '../model/finding.ts';
import type { Profile } from '../model/profile.ts';

interface Stance {
  /** `default`: checks with `byDefault`; `all`; or the listed ones. */
  readonly checks: 'default' | 'all' | readonly string[];
  readonly failOn: Severity;
}

/** `baseline` holds checks that suit every organisation and every kind of repository. */
export const stances: Readonly<Record<Profile, Stance>> = {
  baseline: {
    checks: [
      'anonymous-pull-off',
      'anonymous-push-off',
      'tls-only',
      'admin-user-off',
      'cross-account-limited',
      'directory-verified',
      'legacy-storage-private',
      'push-scan-on',
      'audit-log-on',
    ],
    failOn: 'high',
  },
  recommended: { checks: 'default', failOn: 'high' },
  strict: { checks: 'all', failOn: 'medium' },
};

/** Whether a check runs under a profile, before any other setting. */
export function runsIn(
  profile: Profile,
  { id, byDefault }: { readonly id: string; readonly byDefault: boolean },
): boolean {
  const { checks } = stances[profile];
  if (checks === 'all') return true;
  return checks === 'default' ? byDefault : checks.includes(id);
}
