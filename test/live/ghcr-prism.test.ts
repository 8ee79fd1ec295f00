import { devNull } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretOf } from '../../src/demo/ghcr/replies.ts';
import { provider } from '../../src/providers/ghcr/index.ts';
import { descriptionWithExamples } from '../support/ghcr/examples.ts';
import { scenario } from '../support/ghcr/scan.ts';
import { type Scan, scanProvider } from '../support/scan-provider.ts';
import { type Prism, startPrism } from './prism.ts';

describe('GitHub as its description has it', () => {
  let prism: Prism;
  let scan: Scan;
  beforeAll(async () => {
    const estate = await scenario('all-good');
    prism = await startPrism(descriptionWithExamples(estate), '', ['link']);
    const { url } = prism;
    scan = await scanProvider(
      provider,
      {
        environment: {
          GITHUB_TOKEN: secretOf('packages', estate.tokens.packages),
          DOCKER_CONFIG: devNull,
        },
        asOf: estate.asOf,
        calls: new Map(),
        close: async () => undefined,
      },
      { address: 'acme', options: { url, registryEndpoint: url, enterprise: 'acme-inc' } },
    );
  });
  afterAll(() => prism?.stop());

  it('every call of the scan that is described was answered as described', () => {
    const answered = new Set(prism.exchanges);
    for (const call of [
      'GET /users/acme 200',
      'GET /user 200',
      'GET /orgs/acme/packages 200',
      'GET /orgs/acme/packages/container/app/versions 200',
      'GET /orgs/acme 200',
      'GET /orgs/acme/members 200',
      'GET /orgs/acme/outside_collaborators 200',
      'GET /orgs/acme/installations 200',
      'GET /orgs/acme/actions/permissions 200',
      'GET /orgs/acme/hooks 200',
      'GET /orgs/acme/audit-log 200',
      'GET /enterprises/acme-inc/audit-log/streams 200',
      'GET /repos/Acme/app/collaborators 200',
      'GET /repos/Acme/app/hooks 200',
      'GET /repos/Acme/app/actions/permissions/workflow 200',
    ]) {
      expect(answered).toContain(call);
    }
    // GraphQL and the registry, which this server is not.
    const others = [...answered].filter((exchange) => !exchange.endsWith(' 200'));
    expect(others.filter((exchange) => !/graphql|\/token|\/v2\//.test(exchange))).toEqual([]);
  });

  it('what could not be read is unknown, and the rest is judged', () => {
    expect(scan.crashes).toEqual([]);
    const verdicts = (check: string) =>
      scan.findings.filter((finding) => finding.check === check).map(({ verdict }) => verdict);
    expect(verdicts('central-identity-on')).toEqual(['pass']);
    expect(verdicts('audit-log-on')).toEqual(['pass']);
    expect(verdicts('audit-log-exported')).toEqual(['pass']);
    expect(verdicts('anonymous-pull-off')).not.toContain('pass');
  });
});
