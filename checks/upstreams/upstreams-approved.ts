import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { hostOf } from '../../src/model/host.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const upstreamsApproved = defineCheck({
  id: 'upstreams-approved',
  subject: 'registry',
  severity: 'medium',
  title: 'Images are cached from approved upstreams alone, over verified TLS',
  why: 'What an upstream serves runs as if it were built here, so every upstream is a supplier and needs to be chosen like one.',
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
      const name = host ?? 'an upstream without readable host';
      const unapproved = host === null || !isApproved(host, approvedUpstreams);
      return [
        ...(unapproved ? [`${name} is not approved`] : []),
        ...(transport === 'verified-tls' ? [] : [`${name} is reached ${ways[transport]}`]),
      ];
    });
    if (faults.length > 0) return fail(enumerate(faults));
    if (upstreams.length === 0) return pass('nothing is cached from elsewhere');
    const sharper =
      approvedUpstreams.length === 0 ? '; expect.approvedUpstreams would tell which are meant' : '';
    return pass(`cached from ${enumerate(hosts.map(({ host }) => `${host}`))}${sharper}`);
  },
});

const ways = {
  'unverified-tls': 'without verifying its certificate',
  'plain-http': 'over plain HTTP',
} as const;

/** Where nothing is declared, every upstream that can be named is approved. */
function isApproved(host: string, approved: readonly string[]): boolean {
  return (
    approved.length === 0 ||
    matchesAny(
      approved.map((pattern) => pattern.toLowerCase()),
      host,
    )
  );
}
