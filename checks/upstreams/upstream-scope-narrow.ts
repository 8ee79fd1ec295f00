import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { hostOf } from '../../src/model/host.ts';
import { covers } from '../../src/model/wildcard.ts';

export const upstreamScopeNarrow = defineCheck({
  id: 'upstream-scope-narrow',
  subject: 'registry',
  severity: 'medium',
  title: 'No cached upstream claims every name or is exposed as a whole',
  why: 'If a cache serves every name, a mistyped or unclaimed name pulls an image that an attacker published there.',
  checklist: [],
  topics: ['proxy-cache-upstream-control'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse',
  ],
  needs: ['upstreams'],
  decidedBy: ['upstreams'],

  judge({ upstreams }) {
    const faults = upstreams.flatMap(({ prefix, url, takes }) => {
      const host = hostOf(url) ?? 'an upstream without a readable host';
      return [
        ...(isEverything(prefix) ? [`${host} claims every name`] : []),
        ...(takes.mode === 'everything' || isEverything(takes.prefix)
          ? [`all of ${host} is exposed under ${prefix}`]
          : []),
      ];
    });
    if (faults.length > 0) return fail(enumerate(faults));
    return upstreams.length === 0
      ? pass('there are no cached upstreams')
      : pass('every upstream has its own prefix and exposes only a part');
  },
});

/** An empty prefix limits nothing, like a star. */
function isEverything(prefix: string): boolean {
  return prefix === '' || covers(prefix, '*');
}
