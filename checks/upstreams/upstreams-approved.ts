import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { hostOf } from '../../src/model/host.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const upstreamsApproved = defineCheck({
  id: 'upstreams-approved',
  subject: 'registry',
  severity: 'medium',
  impact: 'enforcement',
  title: 'Images are cached only from approved upstreams, over verified TLS',
  why: 'Images of an upstream run like your own, so choose every upstream like a supplier.',
  checklist: [],
  topics: ['proxy-cache-upstream-control'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse',
  ],
  needs: ['upstreams'],
  decidedBy: ['upstreams'],

  judge({ upstreams }, { approvedUpstreams }) {
    const hosts = upstreams.map(({ url, transport }) => ({ host: hostOf(url), transport }));
    const faults = hosts.flatMap(({ host, transport }) => {
      const name = host ?? 'an upstream without a readable host';
      const unapproved = host === null || !isApproved(host, approvedUpstreams);
      return [
        ...(unapproved ? [`${name} is not approved`] : []),
        ...(transport === 'verified-tls' ? [] : [`${name} is reached ${weaknesses[transport]}`]),
      ];
    });
    if (faults.length > 0) return fail(enumerate(faults));
    if (upstreams.length === 0) return pass('there are no cached upstreams');
    const hint =
      approvedUpstreams.length === 0
        ? '; declare the intended ones in expect.approvedUpstreams'
        : '';
    return pass(`cached from ${enumerate(hosts.map(({ host }) => `${host}`))}${hint}`);
  },
});

const weaknesses = {
  'unverified-tls': 'without verifying its certificate',
  'plain-http': 'over plain HTTP',
} as const;

/** Without a declaration, every upstream with a readable host is approved. */
function isApproved(host: string, approved: readonly string[]): boolean {
  return (
    approved.length === 0 ||
    matchesAny(
      approved.map((pattern) => pattern.toLowerCase()),
      host,
    )
  );
}
