import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoToken } from '../../src/demo/gitlab/replies.ts';
import { provider } from '../../src/providers/gitlab/index.ts';
import { descriptionWithExamples } from '../support/gitlab/examples.ts';
import { scenario } from '../support/gitlab/scan.ts';
import { type Scan, scanProvider } from '../support/scan-provider.ts';
import { type Prism, startPrism } from './prism.ts';

describe('GitLab as its description has it', () => {
  let prism: Prism;
  let scan: Scan;
  beforeAll(async () => {
    const estate = await scenario('all-good');
    prism = await startPrism(descriptionWithExamples(estate), '', [
      'link',
      'x-total',
      'x-next-page',
    ]);
    const environment = { GITLAB_TOKEN: demoToken };
    scan = await scanProvider(
      provider,
      { environment, asOf: estate.asOf, calls: new Map(), close: async () => undefined },
      { address: 'gitlab.com/acme', options: { url: prism.url, registryUrl: prism.url } },
    );
  });
  afterAll(() => prism?.stop());

  it('every call of the scan that is described was answered as described', () => {
    const answered = new Set(prism.exchanges);
    for (const call of [
      'GET /api/v4/personal_access_tokens/self 200',
      'GET /api/v4/groups/acme 200',
      'GET /api/v4/groups/acme/projects 200',
      'GET /api/v4/groups/acme/registry/repositories 200',
      'GET /api/v4/groups/acme/deploy_tokens 200',
      'GET /api/v4/groups/acme/access_tokens 200',
    ]) {
      expect(answered).toContain(call);
    }
    for (const path of [
      'registry/protection/repository/rules',
      'security_settings',
      'job_token_scope',
      'deploy_tokens',
      'access_tokens',
    ]) {
      const some = [...answered].filter((one) => one.includes(`/${path} `));
      expect(some.length, path).toBeGreaterThan(0);
      expect(some.filter((one) => !one.endsWith(' 200'))).toEqual([]);
    }
  });

  it('what could not be read is unknown, and the rest is judged', () => {
    expect(scan.crashes).toEqual([]);
    const verdicts = (check: string) =>
      new Set(scan.findings.filter((one) => one.check === check).map(({ verdict }) => verdict));
    expect(verdicts('anonymous-pull-off')).toEqual(new Set(['pass']));
    // Members, hooks and GraphQL are not described.
    for (const check of ['push-limited-to-ci', 'webhooks-use-tls', 'tags-immutable']) {
      expect([...verdicts(check)], check).not.toContain('pass');
    }
  });
});
