import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEstate } from './estate.ts';
import { expectedOfPublic, expectedVerdicts, missingOperations } from './expected.ts';
import { account, region } from './repositories.ts';
import { type Moto, startMoto } from './start.ts';

interface Finding {
  readonly check: string;
  readonly registry: string;
  readonly subject: string;
  readonly verdict: string;
  readonly blocked: readonly { readonly operation: string }[];
}
interface Run {
  readonly code: number | string | null;
  readonly stderr: string;
  readonly findings: readonly Finding[];
}

const program = new URL('../../../bin/regaudit.js', import.meta.url).pathname;
const registry = `ecr://${account}/${region}`;

describe('the account in moto', () => {
  let moto: Moto | undefined;
  let run: Run;
  beforeAll(async () => {
    moto = await startMoto();
    await buildEstate(moto.endpoint);
    run = await scan(moto.endpoint);
  });
  afterAll(() => moto?.stop());

  it('is audited to the end, with failures', () => {
    expect(run.stderr).not.toMatch(/SyntaxError|\.js:\d+|stack/);
    expect(run.code).toBe(1);
  });

  it('gets every verdict that is right, and no other', () => {
    const given = run.findings
      .filter((finding) => finding.registry === registry)
      .map(({ check, subject, verdict }) => [`${check} ${subject}`, verdict]);
    expect(Object.fromEntries(given)).toEqual(expectedVerdicts(registry));
  });

  it('has public repositories that moto does not tell of', () => {
    const ofPublic = run.findings.filter((finding) => finding.registry !== registry);
    expect(ofPublic.length).toBeGreaterThan(0);
    for (const { check, verdict } of ofPublic) {
      expect([check, verdict]).toEqual([check, expectedOfPublic(check)]);
    }
  });

  it('is unknown where moto lacks an operation, which is named', () => {
    const unknown = run.findings.filter(({ verdict }) => verdict === 'unknown');
    expect(unknown.length).toBeGreaterThan(0);
    for (const { check, blocked } of unknown) {
      const operations = [...new Set(blocked.map(({ operation }) => operation))];
      expect([check, operations]).toEqual([check, [missingOperations[check]]]);
    }
  });
});

/** Runs the product as a user would, with nothing of this machine's environment. */
function scan(endpoint: string): Promise<Run> {
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'demo',
    AWS_SECRET_ACCESS_KEY: 'demo',
  };
  const args = [program, 'scan', 'ecr', '--format', 'json', '--no-config', '--no-progress'];
  return new Promise((resolve, reject) => {
    const limits = { env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, limits, (error, stdout, stderr) => {
      try {
        const { findings } = JSON.parse(stdout);
        resolve({ code: error === null ? 0 : (error.code ?? null), stderr, findings });
      } catch {
        reject(new Error(`the scan has no report (${error?.code ?? 0}): ${stderr}`));
      }
    });
  });
}
