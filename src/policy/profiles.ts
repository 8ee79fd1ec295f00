import type { Severity } from '../model/finding.ts';
import type { Profile } from '../model/profile.ts';

interface Stance {
  /** `default`: those that run unless named otherwise; `all`; or these. */
  readonly checks: 'default' | 'all' | readonly string[];
  readonly failOn: Severity;
}

/** Baseline: what nobody argues with, in any organisation and for any kind of repository. */
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

/** Whether a check runs under a profile when nothing else is said of it. */
export function runsIn(
  profile: Profile,
  { id, byDefault }: { readonly id: string; readonly byDefault: boolean },
): boolean {
  const { checks } = stances[profile];
  if (checks === 'all') return true;
  return checks === 'default' ? byDefault : checks.includes(id);
}
