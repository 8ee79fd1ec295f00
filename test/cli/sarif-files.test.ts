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

test('more registries than GitHub takes in one SARIF file go on in files beside it', async () => {
  const cwd = emptyFolder();
  const origin = {
    tool: { name: 'regaudit', version: '0.0.0' },
    filtered: true,
    startedAt: '2026-01-01T00:00:00.000Z',
  };
  let snapshot = '';
  for await (const line of snapshotLines(registries(45), origin)) snapshot += line;
  writeFileSync(join(cwd, 'many.jsonl'), snapshot);

  const args = [
    'scan',
    '--from',
    'many.jsonl',
    '--report',
    'sarif=out.sarif',
    '--check',
    'tags-immutable',
  ];
  const { code, stderr } = await runCli(args, { cwd });

  expect(code).toBe(3);
  expect(stderr).toContain('further ones are in out.2.sarif');
  const files = readdirSync(cwd)
    .filter((file) => file.endsWith('.sarif'))
    .sort();
  expect(files).toEqual(['out.2.sarif', 'out.3.sarif', 'out.sarif']);
  const runs = files.map((file) => JSON.parse(readFileSync(join(cwd, file), 'utf8')).runs.length);
  expect(runs).toEqual([20, 5, 20]);
});
