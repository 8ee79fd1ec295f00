import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { end, inputs, runAction, scan, upload } from './action.ts';
import { type Installing, installing, retryPolicy } from './install.ts';

/* The script of action.yml, run by bash as a runner would, with the packed release at an address. */

vi.setConfig({ testTimeout: 2 * retryPolicy });

let here: Installing;
beforeAll(async () => {
  here = await installing();
});
afterAll(() => here?.end());

test('without inputs it installs nothing by a name or address', () => {
  expect(inputs.package.default).toBe('');
  expect(inputs.sha256.default).toBe('');
});

test('what is uploaded is uploaded whatever the scan said, and its code comes last', () => {
  expect(upload.if).not.toMatch(/exit-code|success\(\)/);
  expect(end.run).toBe('exit "$EXIT_CODE"');
  expect(scan.run).not.toContain('${{');
});

test('a tarball at an address: outputs and the summary are written and the gate is left to the last step', async () => {
  const { tarball, sha256, asked } = here.registry;
  const { code, outputs, summary } = await runAction(here, { PACKAGE: tarball, SHA256: sha256 });
  expect(code).toBe(0);
  expect(outputs['exit-code']).toBe('1');
  expect(Number(outputs['fail'])).toBeGreaterThan(10);
  const sarif = join(String(outputs['sarif']), 'regaudit.sarif');
  expect(JSON.parse(readFileSync(sarif, 'utf8')).runs.length).toBeGreaterThan(0);
  expect(JSON.parse(readFileSync(String(outputs['json']), 'utf8')).exitCode).toBe(1);
  expect(summary).toMatch(/anonymous-pull-off/);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked).not.toContain('/regaudit');
});

test.each([
  ['a name', 'regaudit', '', /::error .*not the address or path of a \.tgz/],
  ['a name and version', 'regaudit@0.1.0', '', /::error .*not the address or path of a \.tgz/],
  [
    'a tarball without its checksum',
    null,
    '',
    /::error .*the SHA-256 of package is [0-9a-f]{64}, and not/,
  ],
  [
    'another tarball',
    null,
    'f'.repeat(64),
    /::error .*the SHA-256 of package is [0-9a-f]{64}, and not/,
  ],
  [
    'a tarball that is not there',
    './nowhere.tgz',
    '',
    /::error .*package could not be fetched[\s\S]*nowhere\.tgz/,
  ],
])(
  '%s is refused with the code of a wrong setup, and is not run',
  async (_, name, sha256, message) => {
    const ran = await runAction(here, { PACKAGE: name ?? here.registry.tarball, SHA256: sha256 });
    expect(ran.code).toBe(0);
    expect(ran.outputs).toEqual({ 'exit-code': '2' });
    expect(ran.output).toMatch(message);
    expect(here.registry.asked).not.toContain('/regaudit');
  },
);
