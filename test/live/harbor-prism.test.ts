import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { provider } from '../../src/providers/harbor/index.ts';
import { type OperationName, operations } from '../../src/providers/harbor/operations.ts';
import { readDescription } from '../specs/read.ts';
import { type Scan, scanProvider } from '../support/scan-provider.ts';
import { type Prism, startPrism } from './prism.ts';

const description = readDescription('harbor/harbor.json');

/** Whether a path that was asked for is one of an operation. */
function fits(path: string, name: OperationName): boolean {
  const template = operations[name].path;
  if (template === null) return false;
  const pattern = template.replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^/api/v2\\.0${pattern}$`).test(path);
}

async function scanned({ url }: Prism): Promise<Scan> {
  const served = {
    // It means nothing anywhere.
    environment: { HARBOR_USERNAME: 'auditor', HARBOR_PASSWORD: 'secret' },
    asOf: '2026-11-02T09:00:00Z',
    calls: new Map<string, number>(),
    close: async () => undefined,
  };
  return scanProvider(provider, served, { address: 'harbor.example.org', options: { url } });
}

/** Unknown findings without a reason after the fact that is unknown. */
function unexplained({ findings }: Scan): string[] {
  return findings
    .filter(
      ({ verdict, message }) =>
        verdict === 'unknown' && !/\): \S|^[\w ]+ (?:is|are) unknown: \S/.test(message),
    )
    .map(({ message }) => message);
}

function passed({ findings }: Scan): string[] {
  const all = findings.filter(({ verdict }) => verdict === 'pass').map(({ check }) => check);
  return [...new Set(all)].sort();
}

describe('Harbor as Prism reads its description', () => {
  describe('as it stands: the link of a page is "string"', () => {
    let prism: Prism;
    let scan: Scan;
    beforeAll(async () => {
      prism = await startPrism(description, '/api/v2.0');
      scan = await scanned(prism);
    });
    afterAll(() => prism?.stop());

    it('every answer decodes, or is unknown with a reason', () => {
      expect(scan.crashes).toEqual([]);
      const judged = new Set(scan.findings.map(({ check }) => check));
      expect([...judged].sort()).toEqual(checks.map(({ id }) => id).sort());
      expect(unexplained(scan)).toEqual([]);
    });

    it('nothing passes but what is always so, and what any text is enough for', () => {
      expect(passed(scan)).toEqual(['anonymous-push-off', 'audit-log-exported']);
    });
  });

  describe('without links between pages: the whole scan is made', () => {
    let prism: Prism;
    let scan: Scan;
    beforeAll(async () => {
      prism = await startPrism(description, '/api/v2.0', ['link']);
      scan = await scanned(prism);
    });
    afterAll(() => prism?.stop());

    it('every request is one that the description knows', () => {
      const refused = prism.exchanges.filter((exchange) => !exchange.endsWith(' 200'));
      // Its id of a retention policy is "string" in one place and a number in the other.
      expect(refused).toEqual(['GET /api/v2.0/retentions/string 422']);
    });

    it('every operation is asked for but those that another answer has to ask for', () => {
      const names = Object.keys(operations) as OperationName[];
      const paths = prism.exchanges.map((exchange) => exchange.split(' ')[1] ?? '');
      expect(paths.filter((path) => !names.some((name) => fits(path, name)))).toEqual([]);
      const idle = names.filter((name) => !paths.some((path) => fits(path, name)));
      // They wait for the number of an upstream, a word that says which list is in force, an accessory
      // of a known type, leave to pull, and a server with TLS.
      const pulls = ['getToken', 'getManifest'];
      const lists = ['listRegistries', 'getSystemCVEAllowlist', 'getArtifact'];
      const waiting = [...lists, ...pulls, 'probeTls'];
      expect(idle).toEqual(waiting);
    });

    it('every answer decodes, or is unknown with a reason', () => {
      expect(scan.crashes).toEqual([]);
      expect(unexplained(scan)).toEqual([]);
      expect(scan.findings.some(({ repository }) => repository === 'string')).toBe(true);
    });

    it('nothing passes but what is always so, and what any text is enough for', () => {
      // Each project's list of exceptions ended in 1970: Prism's number for a date.
      expect(passed(scan)).toEqual([
        'anonymous-push-off',
        'audit-log-exported',
        'scan-exceptions-expire',
      ]);
    });
  });
});
