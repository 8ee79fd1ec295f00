import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Identity } from '../../src/model/identity.ts';
import { identityLabel } from '../../src/model/identity-label.ts';
import { isOpenEnded } from '../../src/model/open-ended-identity.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const pushLimitedToCi = defineCheck({
  id: 'push-limited-to-ci',
  subject: 'repository',
  severity: 'high',
  title: 'Only CI/CD pipelines can push images',
  why: 'An image pushed by hand went through no review, no test and no scan, and nobody can tell what it was built from.',
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
    const sharper =
      ciIdentities.length === 0 ? '; expect.ciIdentities would tell pipelines from the rest' : '';
    const inherent = pushers.filter(isInherent).map(identityLabel);
    const besides =
      inherent.length === 0
        ? ''
        : `, besides ${enumerate(inherent)} as administrator, from whom push cannot be taken`;
    if (others.length > 0) return fail(`${whoElse(others)}${besides}${sharper}`);
    if (pushers.length === 0) return pass('nobody can push');
    const ci = pushers.filter((identity) => !isInherent(identity)).map(identityLabel);
    const only = ci.length === 0 ? 'nobody can push' : `only ${enumerate(ci)} can push`;
    return pass(`${only}${besides}${sharper}`);
  },
});

/**
 * Nobody can take push from this administrator at this vendor, so that failing on it would never end:
 * how many administrators there are is judged by another check.
 */
function isInherent(identity: Identity): boolean {
  return (
    identity.inherent === true &&
    identity.administrator &&
    !identity.foreign &&
    (identity.kind === 'person' || identity.kind === 'group')
  );
}

/** Declared by name; where nothing is declared, any machine of one's own that is no administrator. */
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
