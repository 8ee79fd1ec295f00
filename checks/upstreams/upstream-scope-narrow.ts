import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { hostOf } from '../../src/model/host.ts';
import { covers } from '../../src/model/wildcard.ts';

export const upstreamScopeNarrow = defineCheck({
  id: 'upstream-scope-narrow',
  subject: 'registry',
  severity: 'medium',
  title: 'A cached upstream neither claims every name nor is open as a whole',
  why: 'Where a cache answers for every name, a typing error or an unclaimed name fetches an image that a stranger put there.',
  checklist: [],
  topics: ['proxy-cache-upstream-control'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse',
  ],
  needs: ['upstreams'],
  decidedBy: ['upstreams'],

  judge({ upstreams }) {
    const faults = upstreams.flatMap(({ prefix, url, takes }) => {
      const host = hostOf(url) ?? 'an upstream without readable host';
      return [
        ...(isEverything(prefix) ? [`every name is claimed for ${host}`] : []),
        ...(takes.mode === 'everything' || isEverything(takes.prefix)
          ? [`all of ${host} is open under ${prefix}`]
          : []),
      ];
    });
    if (faults.length > 0) return fail(enumerate(faults));
    return upstreams.length === 0
      ? pass('nothing is cached from elsewhere')
      : pass('every upstream has its own prefix and opens only a part');
  },
});

/** An empty prefix limits as little as a star. */
function isEverything(prefix: string): boolean {
  return prefix === '' || covers(prefix, '*');
}
