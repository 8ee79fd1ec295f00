import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { provider } from '../../src/providers/nexus/index.ts';
import { readDescription } from '../specs/read.ts';
import { type Scan, scanProvider } from '../support/scan-provider.ts';
import { type Prism, startPrism } from './prism.ts';

/** Many responses have no schema in the description, and Prism answers them with an empty body. */
describe('Nexus Repository as Prism reads its description', () => {
  let prism: Prism;
  let scan: Scan;
  beforeAll(async () => {
    prism = await startPrism(readDescription('nexus/nexus.json'), '/service/rest');
    const environment = { NEXUS_USERNAME: 'auditor', NEXUS_PASSWORD: 'secret' };
    const asOf = '2026-11-02T09:00:00Z';
    scan = await scanProvider(
      provider,
      { environment, asOf, calls: new Map(), unmetFaults: () => [], close: async () => undefined },
      { address: 'nexus.example.org', options: { url: prism.url }, context: { environment } },
    );
  });
  afterAll(() => prism?.stop());

  it('every response decodes, or is unknown with a reason', () => {
    expect(scan.crashes).toEqual([]);
    const judged = new Set(scan.findings.map(({ check }) => check));
    expect([...judged].sort()).toEqual(checks.map(({ id }) => id).sort());
    const bare = scan.findings.filter(
      ({ verdict, message }) => verdict === 'unknown' && !/: \S/.test(message),
    );
    expect(bare).toEqual([]);
  });

  it('every request is one that the description knows, but for what it leaves out', () => {
    const refused = prism.exchanges.filter((exchange) => !exchange.endsWith(' 200'));
    // It describes no success of the first three, and its own address not at all.
    expect(refused.sort()).toEqual([
      'GET /service/rest/swagger.json 404',
      'GET /service/rest/v1/security/anonymous 403',
      'GET /service/rest/v1/security/roles 400',
      'GET /service/rest/v1/security/users 400',
    ]);
  });

  it('nothing passes', () => {
    const passed = scan.findings.filter(({ verdict }) => verdict === 'pass');
    expect(passed.map(({ check, message }) => [check, message])).toEqual([]);
  });
});
