import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { snapshotLines } from '../../src/snapshot/writer.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

async function* registries(count: number): AsyncGenerator<SnapshotLine> {
  for (let number = 0; number < count; number += 1) {
    const registry = `ecr://${String(number).padStart(12, '0')}/eu-west-1`;
    const takenAt = '2026-01-01T00:00:00.000Z';
    const common = { unreachable: null, takenAt, facts: {}, repositoryDefaults: {} };
    yield { kind: 'registry', registry, provider: 'ecr', ...common };
    yield { kind: 'repository', registry, name: 'app', facts: {} };
    const value = { repositories: 1, others: 0 };
    const listing = { state: 'known', value, from: { operation: 'List' } } as const;
    yield { kind: 'end', registry, listing, calls: 1 };
  }
}

/** Scans a snapshot of so many registries. */
async function scan(count: number, ...args: readonly string[]) {
  const cwd = emptyFolder();
  const origin = {
    tool: { name: 'regaudit', version: '0.0.0' },
    filtered: true,
    startedAt: '2026-01-01T00:00:00.000Z',
  };
  let snapshot = '';
  for await (const line of snapshotLines(registries(count), origin)) snapshot += line;
  writeFileSync(join(cwd, 'many.jsonl'), snapshot);
  const selected = ['--from', 'many.jsonl', '--check', 'tags-immutable'];
  return { cwd, ...(await runCli(['scan', ...selected, ...args], { cwd })) };
}

test('more registries than GitHub takes in one SARIF file go on in files beside it', async () => {
  const { cwd, code, stderr } = await scan(45, '--report', 'sarif=out.sarif');

  expect(code).toBe(3);
  expect(stderr).toContain('further ones are in out.2.sarif');
  const files = readdirSync(cwd)
    .filter((file) => file.endsWith('.sarif'))
    .sort();
  expect(files).toEqual(['out.2.sarif', 'out.3.sarif', 'out.sarif']);
  const runs = files.map((file) => JSON.parse(readFileSync(join(cwd, file), 'utf8')).runs.length);
  expect(runs).toEqual([20, 5, 20]);
});

test('more files than anybody would upload are refused, after every other report', async () => {
  const reports = ['--report', 'sarif=out.sarif', '--report', 'csv=out.csv'];
  const { cwd, code, stderr } = await scan(401, ...reports);
  expect(code).toBe(2);
  expect(stderr).toContain('out.sarif is not written');
  expect(stderr).toMatch(/hint: .*-f ocsf, csv or html/);
  expect(readdirSync(cwd).sort()).toEqual(['many.jsonl', 'out.csv']);
  expect((await scan(400, ...reports)).code).toBe(3);
});
