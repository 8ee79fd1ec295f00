import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadChecks } from '../../src/declarative/load.ts';
import { faultsOf } from '../../src/declarative/verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'regaudit-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the checks of the documentation load, and their examples hold', async () => {
  const text = readFileSync('docs/custom-checks.md', 'utf8');
  const blocks = [...text.matchAll(/```(?:yaml|js)\n(?:#|\/\/) (\S+)\n([\s\S]*?)```/g)];
  for (const [, name = '', body = ''] of blocks) writeFileSync(join(folder, name), body);
  const { checks, cases } = await loadChecks(
    { folders: [folder], modules: [], configured: [] },
    [],
    folder,
  );
  expect(checks.map(({ id }) => id).sort()).toEqual(['acme/prod-kept', 'acme/prod-locked']);
  expect(cases).toHaveLength(2);
  expect(cases.flatMap(faultsOf)).toEqual([]);
});
