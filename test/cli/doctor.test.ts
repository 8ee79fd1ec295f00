import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { serveEstate } from '../../src/demo/harbor/serve-estate.ts';
import { scenario } from '../support/harbor/scan.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

const target = 'harbor://harbor.example.org';

/** What doctor says of a scenario, with runs of white space as one blank. */
async function doctorOf(
  name: Parameters<typeof scenario>[0],
  faults: Parameters<typeof serveEstate>[0]['faults'] = [],
) {
  const served = await serveEstate({ ...(await scenario(name)), faults });
  closing.push(served.close);
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'c.yaml'), JSON.stringify({ registries: [{ target, url: served.url }] }));
  const { code, stdout, stderr } = await runCli(['doctor', '-c', 'c.yaml'], {
    cwd,
    env: served.environment,
  });
  return { code, stdout: stdout.replace(/\s+/g, ' '), stderr, calls: served.calls };
}

test('every call that a scan needs is tried on one project, as whom is said, and nothing is judged', async () => {
  const { code, stdout, stderr } = await doctorOf('demo');
  expect(code).toBe(0);
  expect(stdout).toContain(`${target} signed in as auditor sample: `);
  expect(stdout).toMatch(/allowed \(\d+\): .*listProjects.*getRetention/);
  expect(stdout).not.toMatch(/denied|pass|fail/);
  expect(stderr).toBe('');
});

test('a call that is denied names the permission and the checks that it affects', async () => {
  const fault = { kind: 'denied', operation: 'ListImmuRules' } as const;
  const { code, stdout } = await doctorOf('demo', [fault]);
  expect(code).toBe(3);
  expect(stdout).toMatch(/denied: ListImmuRules: grant \S/);
  expect(stdout).toMatch(/affects .*tags-immutable/);
});

test('without a sample nothing is claimed of the calls that need one', async () => {
  const { stdout } = await doctorOf('empty');
  expect(stdout).toContain('sample: none');
  expect(stdout).toMatch(/not tried, for there was nothing to try it on \(\d+\): .*ListImmuRules/);
  expect(stdout).not.toMatch(/allowed \(\d+\): [^(]*ListImmuRules/);
});

test('a server that is not there is not reached, whatever might be allowed', async () => {
  const cwd = emptyFolder();
  const registries = [{ target, url: 'http://127.0.0.1:1' }];
  writeFileSync(join(cwd, 'c.yaml'), JSON.stringify({ registries }));
  const env = { HARBOR_USERNAME: 'a', HARBOR_PASSWORD: 'b' };
  const { code, stdout } = await runCli(['doctor', '-c', 'c.yaml'], { cwd, env });
  expect(code).toBe(3);
  expect(stdout).toContain('not reached: getCurrentUserInfo');
  expect(stdout).not.toContain('allowed');
});
