import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { type FaultyScan, faultyScan } from '../support/faulty-scan.ts';

/** Reads what came of a scan of these addresses. */
function told({ code, stderr, report: text }: FaultyScan) {
  const report = JSON.parse(text);
  const of = (address: string) => ({
    summary: report.registries.find((one: { id: string }) => one.id === `faulty://${address}`),
    crashed: report.findings.filter(
      (finding: { registry: string; message: string }) =>
        finding.registry === `faulty://${address}` &&
        finding.message.includes('a fault in regaudit'),
    ).length,
  });
  return { code, stderr, report, of };
}

/** The report of a scan that met faults, and what it says of a registry that is concerned. */
function expectReported({ code, report }: ReturnType<typeof told>): void {
  expect(code).toBe(70);
  expect(report).toMatchObject({
    exitCode: 70,
    complete: false,
    interrupted: false,
    reason: 'a fault in regaudit; results so far are reported',
  });
}

const damaged = { repositories: { count: 1, complete: false, known: null } };
const whole = { reachable: true, repositories: { count: 1, complete: true, known: 1 } };
const fault = (what: string) => `error: a fault in regaudit, please report it: ${what}\n`;

describe('a fault in a registry ends with 70, and what is known of all is reported:', () => {
  test('what an adapter throws is of that registry alone', async () => {
    const scan = told(await faultyScan(['throws-when-opened', 'throws-when-read', 'fine']));
    expectReported(scan);
    expect(scan.stderr).toContain(fault('TypeError: a fault when opened'));
    expect(scan.stderr).toContain(fault('TypeError: a fault when read'));
    expect(scan.of('throws-when-opened').summary).toMatchObject({ reachable: false });
    expect(scan.of('throws-when-read').summary).toMatchObject(damaged);
    for (const address of ['throws-when-opened', 'throws-when-read'])
      expect(scan.of(address).crashed, address).toBeGreaterThan(20);
    expect(scan.of('fine')).toMatchObject({ summary: whole, crashed: 0 });
  });

  test('what nobody waits for may be of each that is under way', async () => {
    const scan = told(await faultyScan(['emits', 'throws-in-a-timer', 'fine']));
    expectReported(scan);
    expect(scan.stderr).toContain(fault('Error: an emitter without listener'));
    expect(scan.stderr).toContain(fault('Error: a timer'));
    for (const address of ['emits', 'throws-in-a-timer']) {
      expect(scan.of(address).summary, address).toMatchObject(damaged);
      expect(scan.of(address).crashed, address).toBeGreaterThan(20);
    }
    expect(scan.of('fine').summary.repositories.count).toBe(1);
  });

  test('a forgotten promise, and a call that never ends', async () => {
    const program = fileURLToPath(new URL('../support/faulty-scan.ts', import.meta.url));
    const addresses = ['forgets-a-promise', 'never-answers', 'fine'];
    const args = ['--import', 'tsx', program, ...addresses];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const scan = told(JSON.parse(stdout));
    expectReported(scan);
    expect(scan.stderr).toContain(fault('Error: a forgotten promise'));
    expect(scan.stderr).toContain(fault('Error: a call neither finished nor was aborted'));
    expect(scan.of('never-answers').summary).toMatchObject(damaged);
    expect(scan.of('never-answers').crashed).toBeGreaterThan(20);
    expect(scan.of('fine').summary.repositories.count).toBe(1);
  });

  test('without one nothing of it is said', async () => {
    const scan = told(await faultyScan(['quiet', 'fine']));
    expect(scan.code).toBe(3);
    expect(scan.stderr).not.toContain('fault');
    expect([scan.of('fine'), scan.of('quiet')]).toMatchObject([
      { summary: whole, crashed: 0 },
      { summary: whole, crashed: 0 },
    ]);
  });
});

test('a fault outranks what failed, and is outranked by an interruption', () => {
  const summary = {
    checks: new Map(),
    active: Object.fromEntries(
      ['critical', 'high', 'medium', 'low'].map((severity) => [
        severity,
        { fail: 1, unknown: 1, byHand: 0 },
      ]),
    ) as Parameters<typeof decide>[0]['active'],
    registries: [],
  };
  const exit = (interrupted: 'SIGINT' | 'timeout' | null) =>
    decide(summary, { failOn: 'high', interrupted, faulty: true }).exitCode;
  expect([exit(null), exit('timeout'), exit('SIGINT')]).toEqual([70, 70, 130]);
});
