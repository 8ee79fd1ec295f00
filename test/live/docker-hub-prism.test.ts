import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invitedOwners, member } from '../../src/providers/docker-hub/decode/members.ts';
import { pageOf } from '../../src/providers/docker-hub/decode/page.ts';
import {
  listedToken,
  personalCredential,
  tokenGrants,
} from '../../src/providers/docker-hub/decode/tokens.ts';
import { provider } from '../../src/providers/docker-hub/index.ts';
import { descriptionWithExamples } from '../support/docker-hub/description.ts';
import { everything } from '../support/docker-hub/scan-hub.ts';
import { type Scan, scanProvider } from '../support/scan-provider.ts';
import { type Prism, startPrism } from './prism.ts';

describe('Docker Hub as its description has it', () => {
  let prism: Prism;
  let scan: Scan;
  beforeAll(async () => {
    prism = await startPrism(descriptionWithExamples());
    const { url } = prism;
    scan = await scanProvider(
      provider,
      {
        // It means nothing anywhere.
        environment: { DOCKER_USERNAME: 'auditor', DOCKER_PASSWORD: 'dckr_pat_prism' },
        asOf: '2026-11-02T09:00:00Z',
        calls: new Map(),
        close: async () => undefined,
      },
      {
        address: 'acme',
        options: { ...everything, endpoint: url, registryEndpoint: url, scoutEndpoint: url },
      },
    );
  });
  afterAll(() => prism?.stop());

  it('every call of the scan that is described was answered as described', () => {
    const answered = new Set(prism.exchanges);
    for (const call of [
      'POST /v2/auth/token 200',
      'GET /v2/namespaces/acme/repositories 200',
      'GET /v2/namespaces/acme/repositories/storefront 200',
      'GET /v2/namespaces/acme/repositories/storefront/tags 200',
      'GET /v2/orgs/acme/members 200',
      'GET /v2/orgs/acme/invites 200',
      'GET /v2/orgs/acme/access-tokens 200',
      'GET /v2/access-tokens 200',
      'GET /v2/auditlogs/acme 200',
    ]) {
      expect(answered).toContain(call);
    }
    // What Docker does not describe, and Docker Scout and the registry, which this server is not.
    const others = [...answered].filter((exchange) => !exchange.endsWith(' 200'));
    expect(others.filter((exchange) => !exchange.endsWith(' 404'))).toEqual([]);
    const undescribed = /groups|webhook_pipeline|user\/orgs|graphql|referrers|manifests/;
    expect(others.filter((exchange) => !undescribed.test(exchange))).toEqual([]);
  });

  it('what could not be read is unknown with its reason, and the rest is judged', () => {
    expect(scan.crashes).toEqual([]);
    const verdicts = (check: string) =>
      scan.findings.filter((finding) => finding.check === check).map(({ verdict }) => verdict);
    expect(verdicts('audit-log-on')).toEqual(['pass']);
    expect(verdicts('tags-immutable')).toContain('fail');
    expect(verdicts('anonymous-pull-off')).toContain('fail');
    // The same page for ever, and another host named as the next: the list is no whole one.
    expect(scan.summary.registries[0]?.listing).toMatchObject({ state: 'unknown' });
    const unknown = scan.findings.filter(({ verdict }) => verdict === 'unknown');
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.filter(({ message }) => !/ is unknown(?: \(\w.*\))?: \S/.test(message))).toEqual(
      [],
    );
  });

  const answers: readonly (readonly [string, (raw: unknown) => unknown])[] = [
    ['/v2/orgs/acme/members', (raw) => pageOf(raw).rows.flatMap(member)],
    ['/v2/orgs/acme/invites', invitedOwners],
    ['/v2/orgs/acme/access-tokens', (raw) => pageOf(raw).rows.map(listedToken)],
    ['/v2/orgs/acme/access-tokens/1', (raw) => tokenGrants(raw, (raw as { id: string }).id)],
    ['/v2/access-tokens', (raw) => pageOf(raw).rows.flatMap(personalCredential)],
  ];
  it.each(answers)('the example of %s is understood', async (path, decode) => {
    const answer = await fetch(`${prism.url}${path}`, { headers: { authorization: 'Bearer x' } });
    expect(answer.status).toBe(200);
    const decoded = decode(await answer.json());
    expect(JSON.stringify(decoded)).toMatch(/[a-z]/);
  });
});
