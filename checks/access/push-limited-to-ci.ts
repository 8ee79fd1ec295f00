import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Identity } from '../../src/model/identity.ts';
import { identityLabel } from '../../src/model/identity-label.ts';
import { isOpenEnded } from '../../src/model/open-ended-identity.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const pushLimitedToCi = defineCheck({
  id: 'push-limited-to-ci',
  subject: 'repository',
  severity: 'high',
  impact: 'write',
  title: 'Only CI/CD pipelines can push images',
  why: 'An image pushed by hand skips review, tests and scans, and nobody can trace what it was built from.',
  checklist: ['B5', 'F2'],
  topics: ['least-privilege-and-push-restricted'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-05-Insufficient-PBAC',
  ],
  needs: ['pushers'],
  decidedBy: ['pushers'],

  judge({ pushers }, { ciIdentities }) {
    const others = pushers.filter(
      (identity) => !isPipeline(identity, ciIdentities) && !isInherent(identity),
    );
    const hint = ciIdentities.length === 0 ? '; declare pipelines in expect.ciIdentities' : '';
    const inherent = pushers.filter(isInherent).map(identityLabel);
    const besides =
      inherent.length === 0
        ? ''
        : `, besides ${enumerate(inherent)}, whose administrator role includes push`;
    if (others.length > 0) return fail(`${whoElse(others)}${besides}${hint}`);
    if (pushers.length === 0) return pass('nobody can push');
    const ci = pushers.filter((identity) => !isInherent(identity)).map(identityLabel);
    const only = ci.length === 0 ? 'nobody can push' : `only ${enumerate(ci)} can push`;
    return pass(`${only}${besides}${hint}`);
  },
});

/**
 * This vendor's administrator role always includes push, so a failure could not be fixed. The check
 * `admins-few` limits the number of administrators.
 */
function isInherent(identity: Identity): boolean {
  return (
    identity.inherent === true &&
    identity.administrator &&
    !identity.foreign &&
    (identity.kind === 'person' || identity.kind === 'group')
  );
}

/** Declared by name. Without a declaration: any same-account workload that is not an administrator. */
function isPipeline(identity: Identity, ciIdentities: readonly string[]): boolean {
  if (isOpenEnded(identity)) return false;
  if (matchesAny(ciIdentities, identity.name)) return true;
  if (identity.foreign || identity.administrator) return false;
  return identity.kind === 'service' || (identity.kind === 'workload' && ciIdentities.length === 0);
}

function whoElse(others: readonly Identity[]): string {
  const clause = (administrator: boolean, end: string) => {
    const those = others.filter((identity) => identity.administrator === administrator);
    return those.length === 0 ? [] : [`${enumerate(those.map(identityLabel))} ${end}`];
  };
  return [...clause(false, 'can push'), ...clause(true, 'can push as administrator')].join('; ');
}
