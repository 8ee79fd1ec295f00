import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadPlugins } from '../../src/plugins/load.ts';
import { faultsOf } from '../../src/plugins/verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'regaudit-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the checks of the documentation load, and their examples hold', async () => {
  const text = readFileSync('docs/custom-checks.md', 'utf8');
  const block = (language: string) =>
    new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? '';
  writeFileSync(join(folder, 'prod-kept.check.yaml'), block('yaml'));
  writeFileSync(join(folder, 'prod-locked.check.js'), block('js'));
  const { checks, cases, end } = await loadPlugins(folder, [], { cwd: folder });
  end();
  expect(checks.map(({ id }) => id).sort()).toEqual(['acme/prod-kept', 'acme/prod-locked']);
  expect(cases.flatMap(faultsOf)).toEqual([]);
});
