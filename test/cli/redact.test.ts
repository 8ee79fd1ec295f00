import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pseudonyms } from '../../src/findings/pseudonyms.ts';
import type { AnyFact } from '../../src/model/fact.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { snapshotOf } from './sample.ts';

const registry = 'harbor://registry.corp.example';
const from = { operation: 'GetThings' };
const known = (value: unknown): AnyFact => ({ state: 'known', value, from });
const person = (name: string, foreign: boolean) => ({
  kind: 'person',
  name,
  via: 'role admin',
  foreign,
  administrator: false,
});

/** Everything of one registry that may not be told, and who is told to be there. */
const lines: readonly SnapshotLine[] = [
  {
    kind: 'registry',
    registry,
    provider: 'harbor',
    unreachable: null,
    takenAt: '2026-11-02T09:00:00.000Z',
    facts: {
      auditExport: {
        state: 'unknown',
        why: 'unreachable',
        from: {
          operation: 'GetAudit',
          detail:
            'connect ECONNREFUSED 10.20.30.40:443 at https://siem.corp.example/x as ops@corp.example or fe80::1ff:fe23',
        },
      },
    },
    repositoryDefaults: {},
  },
  {
    kind: 'repository',
    registry,
    name: 'team/app',
    facts: {
      pushers: known([person('alice.smith', false), person('mallory', true)]),
      deleters: known([person('mallory', true)]),
      webhooks: known([{ host: '10.20.30.41:8080', transport: 'plain-http' }]),
      outsideAccess: known([
        {
          kind: 'account',
          id: '123456789012',
          account: '123456789012',
          own: false,
          can: ['pull'],
          via: 'policy',
        },
      ]),
    },
  },
  {
    kind: 'end',
    registry,
    listing: { state: 'known', value: { repositories: 1, others: 0 }, from },
    calls: 1,
  },
];
const secrets = [
  'registry.corp.example',
  'siem.corp.example',
  'ops@corp.example',
  'alice.smith',
  'mallory',
  '10.20.30.40',
  '10.20.30.41',
  'fe80::1ff:fe23',
  '123456789012',
];
const formats = ['json', 'sarif', 'markdown', 'html', 'csv', 'junit', 'table', 'github', 'ocsf'];
const key = { REGAUDIT_REDACT_KEY: 'kept' };

async function scanned(flags: readonly string[], env: Readonly<Record<string, string>> = key) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 's.jsonl'), await snapshotOf(lines));
  return runCli(['scan', '--from', 's.jsonl', '--no-config', ...flags], { cwd, env });
}

describe('--redact', () => {
  test.each(formats)(
    'names nobody in a report as %s, and the verdicts are the same',
    async (format) => {
      const [open, redacted] = [
        await scanned(['-f', format, '--details']),
        await scanned(['-f', format, '--details', '--redact']),
      ];
      expect(redacted.code).toBe(open.code);
      for (const secret of secrets) expect(redacted.stdout).not.toContain(secret);
      expect(redacted.stdout).toContain('team/app');
    },
  );

  test('gives the same pseudonyms with the same key, others with another, and says so without', async () => {
    const findings = async (env: Readonly<Record<string, string>>) => {
      const { stdout, stderr } = await scanned(['-f', 'json', '--redact'], env);
      return { findings: JSON.parse(stdout).findings, stderr };
    };
    const first = await findings(key);
    expect((await findings(key)).findings).toEqual(first.findings);
    expect((await findings({ REGAUDIT_REDACT_KEY: 'new' })).findings).not.toEqual(first.findings);
    expect(first.stderr).not.toContain('REGAUDIT_REDACT_KEY');
    expect((await findings({})).stderr).toContain('REGAUDIT_REDACT_KEY keeps them the same');
    const text = JSON.stringify(first.findings);
    const mallory = text.match(
      /identity-[0-9a-f]{10} \(person\) can delete|identity-[0-9a-f]{10}/g,
    );
    expect(mallory?.length).toBeGreaterThan(1);
  });

  test('has what to hide', async () => {
    const { stdout } = await scanned(['-f', 'json']);
    for (const secret of secrets) expect(stdout).toContain(secret);
  });

  test('a snapshot without names is judged as the one with them', async () => {
    const { line } = pseudonyms((text) => hash('sha256', text).slice(0, 10));
    const text = await snapshotOf(lines.map(line));
    for (const secret of secrets) expect(text).not.toContain(secret);
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 's.jsonl'), text);
    const again = await runCli(['scan', '--from', 's.jsonl', '--no-config', '-f', 'json'], { cwd });
    const verdicts = (report: string) =>
      JSON.parse(report).findings.map(({ check, verdict }: Record<string, string>) => [
        check,
        verdict,
      ]);
    expect(verdicts(again.stdout)).toEqual(verdicts((await scanned(['-f', 'json'])).stdout));
  });

  test('leaves what everybody is, since it decides', async () => {
    const { stdout } = await scanned(['-f', 'json', '--redact']);
    const { findings } = JSON.parse(stdout);
    const verdict = (check: string) =>
      findings.find((finding: { check: string }) => finding.check === check)?.verdict;
    expect(verdict('webhooks-use-tls')).toBe('fail');
    expect(verdict('cross-account-limited')).toBe('fail');
  });
});
