import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { begin, end, lock, repository, snapshotOf } from './sample.ts';

const folder = emptyFolder();
const snapshot = join(folder, 'now.jsonl');
writeFileSync(
  snapshot,
  await snapshotOf([
    begin(),
    repository('team/a', { tagLock: lock('none') }),
    repository('team/b', { tagLock: lock('all') }),
    end(2),
  ]),
);
const earlier = join(folder, 'earlier.jsonl');
writeFileSync(
  earlier,
  await snapshotOf([begin(), repository('team/a', { tagLock: lock('all') }), end(1)]),
);
const scan = ['scan', '--from', snapshot, '--check', 'tags-immutable', '--no-config'];

test('--only lists those findings, counts all of them and keeps the exit code', async () => {
  const file = join(folder, 'part.json');
  const all = await runCli([...scan, '-f', 'json']);
  const part = await runCli([...scan, '--only', 'fail,unknown', '--report', `json=${file}`]);
  expect(part.code).toBe(all.code);
  const document = JSON.parse(readFileSync(file, 'utf8'));
  expect(document.only).toEqual(['fail', 'unknown']);
  expect(document.findings.map((one: { verdict: string }) => one.verdict)).toEqual(['fail']);
  expect(document.summary).toEqual(JSON.parse(all.stdout).summary);
  const { code, stderr } = await runCli(['diff', file, snapshot, '--no-config']);
  expect(code).toBe(2);
  expect(stderr).toContain('holds only the findings that are fail, unknown');
});

test.each([
  [
    ['--only', 'fial'],
    '"fial" is none of fail, unknown, pass, not-applicable, did you mean "fail"',
  ],
  [['--only', 'fail', '-f', 'junit'], 'cannot be used with junit'],
  [['--only', 'pass', '-f', 'sarif'], 'cannot be used with sarif'],
  [['--compare-with', earlier], 'changes only the HTML report'],
])('%j is refused before anything is read', async (args, says) => {
  const { code, stderr } = await runCli([...scan, ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});

test('a table without the failures does not say that nothing fails', async () => {
  const { stdout } = await runCli([...scan, '--only', 'pass']);
  expect(stdout).not.toMatch(/Nothing fails|Every failure/);
  expect(stdout).toContain('1 fail');
});

test('--compare-with shows in HTML what changed since an earlier snapshot', async () => {
  const { stdout } = await runCli([...scan, '-f', 'html', '--compare-with', earlier]);
  expect(stdout).toContain('id="trend"');
  expect(stdout).toMatch(/class="change new"><dt>new failures<\/dt><dd>1</);
});
