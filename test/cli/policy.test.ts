import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/model/day.ts';
import type { AnyFact } from '../../src/model/fact.ts';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { begin, end, lock, registry, repository, snapshotOf } from './sample.ts';

/** Days are counted from today, so that none of these tests ends with the calendar. */
const today = Date.now();
const inDays = (days: number) => new Date(today + days * 86_400_000).toISOString();
const dayIn = (days: number) => dayOf(inDays(days));

const bad = `${registry}/team/bad`;
const denied: AnyFact = {
  state: 'unknown',
  why: 'denied',
  from: { operation: 'DescribeRepositories', permission: 'ecr:DescribeRepositories' },
};

/** A registry as it is in some days. */
function estate(days: number, locks: Readonly<Record<string, AnyFact>>): SnapshotLine[] {
  const names = Object.keys(locks);
  return [
    begin({}, inDays(days)),
    ...names.map((name) => repository(name, { tagLock: locks[name] ?? denied })),
    end(names.length),
  ];
}

/** A folder with a configuration and snapshots; out: how to run a command in it. */
async function project(
  config: string,
  snapshots: Readonly<Record<string, readonly SnapshotLine[]>>,
) {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, '.git'));
  writeFileSync(join(cwd, 'regaudit.yaml'), config);
  for (const [name, readings] of Object.entries(snapshots))
    writeFileSync(join(cwd, `${name}.jsonl`), await snapshotOf(readings));
  const scan = async (name: string, ...args: readonly string[]) => {
    const from = ['scan', '--from', `${name}.jsonl`, '--check', 'tags-immutable'];
    const result = await runCli([...from, ...args], { cwd });
    const json = args.includes('json') ? JSON.parse(result.stdout) : null;
    return { ...result, json };
  };
  return { cwd, scan, run: (...args: readonly string[]) => runCli(args, { cwd }) };
}

const open = { 'team/bad': lock('none'), 'team/good': lock('all') };

test('a failure is waived, and fails again when the waiver has expired', async () => {
  const config = '# ours\nfailOn: high # the gate\n';
  const snapshots = { now: estate(0, open), later: estate(31, open) };
  const { cwd, scan, run } = await project(config, snapshots);

  const before = await scan('now');
  expect(before.code).toBe(1);
  expect(before.stdout).toContain('FIX FIRST');

  const until = dayIn(30);
  const waived = await run(
    ...['waive', bad, 'tags-immutable', '--reason', 'moves in spring', '--owner', 'team'],
    ...['--expires', until, '--ticket', 'SEC-1'],
  );
  expect(waived).toMatchObject({ code: 0, stdout: '' });
  expect(waived.stderr).toContain(`tags-immutable is waived for ${bad} until ${until}`);
  expect(readFileSync(join(cwd, 'regaudit.yaml'), 'utf8')).toBe(
    `${config}\nwaivers:\n  - check: tags-immutable\n    registry: ${registry}\n    repository: team/bad\n    reason: moves in spring\n    owner: team\n    expires: ${until}\n    ticket: SEC-1\n`,
  );

  const during = await scan('now', '-v');
  expect(during.code).toBe(0);
  expect(during.stdout).toContain('1 fail  0 unknown  1 pass  0 not applicable\n(1 waived)');
  expect(during.stdout).toContain(`waived until ${until} by team (SEC-1): moves in spring`);
  expect(during.stdout).not.toContain('FAILING');

  const { json } = await scan('now', '-f', 'json');
  expect(json).toMatchObject({
    exitCode: 0,
    summary: { fail: 1, waived: 1 },
    registries: [{ summary: { fail: 1, waived: 1 } }],
    policy: { profile: 'recommended', notices: [] },
  });
  expect(json.findings[0]).toMatchObject({
    verdict: 'fail',
    suppression: {
      kind: 'waiver',
      reason: 'moves in spring',
      owner: 'team',
      until,
      ticket: 'SEC-1',
    },
  });

  const after = await scan('later');
  expect(after.code).toBe(1);
  expect(after.stdout).toContain('FIX FIRST');
  expect(after.stderr).toBe(
    `policy: regaudit.yaml:5: the waiver of tags-immutable for ${bad} expired on ${until}\n`,
  );
  const told = await scan('later', '-f', 'json');
  expect(told.json.policy.notices).toMatchObject([{ kind: 'expired', where: 'regaudit.yaml:5' }]);
});

test('a waiver is no help when the answer is denied', async () => {
  const waiver = `{check: tags-immutable, registry: "${registry}", repository: "*", reason: r, expires: ${dayIn(9)}}`;
  const { scan } = await project(`waivers: [${waiver}]\n`, { blind: estate(0, { a: denied }) });
  const result = await scan('blind', '-f', 'json');
  expect(result.code).toBe(3);
  expect(result.json.findings).toMatchObject([{ verdict: 'unknown', suppression: null }]);
  expect(result.json.policy.notices).toEqual([]);
});

test('an unknown that is accepted stays unknown and incomplete, and does not gate until its end', async () => {
  const accepted = `{check: tags-immutable, registry: "${registry}", repository: a, reason: r, expires: ${dayIn(9)}}`;
  const { scan } = await project(`acceptUnknown: [${accepted}]\n`, {
    now: estate(0, { a: denied }),
    later: estate(10, { a: denied }),
  });
  const result = await scan('now', '-f', 'json');
  expect(result.code).toBe(0);
  expect(result.json).toMatchObject({ complete: false, summary: { unknown: 1, accepted: 1 } });
  const table = await scan('now');
  expect(table.stdout).toContain('(1 unknown accepted)');
  expect((await scan('later')).code).toBe(3);
});

test('an unknown is accepted by a command, with an owner, and no longer gates', async () => {
  const { run, scan } = await project('failOn: high\n', { now: estate(0, { a: denied }) });
  expect((await scan('now')).code).toBe(3);
  const subject = `${registry}/a`;
  const accept = (...more: readonly string[]) =>
    run(
      'waive',
      subject,
      'tags-immutable',
      '--unknown',
      '--reason',
      'r',
      '--expires',
      dayIn(9),
      ...more,
    );
  const refused = await accept();
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('needs an owner');
  const accepted = await accept('--owner', 'team');
  expect(accepted).toMatchObject({ code: 0, stdout: '' });
  expect(accepted.stderr).toContain(`tags-immutable is accepted as unknown for ${subject}`);
  const { code, json } = await scan('now', '-f', 'json');
  expect(code).toBe(0);
  expect(json).toMatchObject({ complete: false, summary: { unknown: 1, accepted: 1 } });
});

describe('a list of repositories that was denied', () => {
  const cut = (days: number): SnapshotLine[] => [
    begin({}, inDays(days)),
    { kind: 'end', registry, listing: denied as never, calls: 1 },
  ];
  const entry = (more: string) =>
    `acceptUnknown: [{check: tags-immutable, registry: "${registry}"${more}, reason: r, expires: ${dayIn(9)}}]\n`;
  test.each([
    ['accepted for the whole registry', entry(''), 0],
    ['accepted for some repositories alone', entry(', repository: "team/*"'), 3],
    ['not accepted', '', 3],
    [
      'with its check switched off there',
      `checks: {tags-immutable: {where: [{registry: "${registry}", set: off}]}}`,
      3,
    ],
  ])('%s', async (_, config, code) => {
    const { scan } = await project(config, { cut: cut(0) });
    expect((await scan('cut')).code).toBe(code);
  });
});

test('a baseline adopts what fails today; only what is new fails, and what is gone is told', async () => {
  const { cwd, scan } = await project('', {
    first: estate(0, { ...open, 'team/old': lock('none'), 'team/gone': lock('none'), b: denied }),
    same: estate(1, { ...open, 'team/old': lock('none'), 'team/gone': lock('none'), b: denied }),
    next: estate(2, { ...open, 'team/old': lock('all'), b: lock('none') }),
    blind: estate(2, { 'team/bad': denied, 'team/good': lock('all') }),
  });
  const written = await scan('first', '--write-baseline', 'base.json');
  expect(written.code).toBe(1);
  expect(written.stderr).toContain('base.json holds 3 failures');
  const baseline = JSON.parse(readFileSync(join(cwd, 'base.json'), 'utf8'));
  expect(baseline).toMatchObject({ tool: 'regaudit', schemaVersion: '2.0' });
  expect(baseline.entries.map(({ repository: name }: { repository: string }) => name)).toEqual([
    'team/bad',
    'team/gone',
    'team/old',
  ]);

  const same = await scan('same', '--baseline', 'base.json');
  expect(same.code).toBe(3);
  expect(same.stdout).toContain('3 fail  1 unknown  1 pass  0 not applicable\n(3 in the baseline)');

  const next = await scan('next', '--baseline', 'base.json', '-f', 'json');
  expect(next.code).toBe(1);
  const suppression = Object.fromEntries(
    next.json.findings
      .filter(({ verdict }: { verdict: string }) => verdict === 'fail')
      .map((one: { repository: string; suppression: object }) => [one.repository, one.suppression]),
  );
  expect(suppression).toEqual({ b: null, 'team/bad': { kind: 'baseline' } });
  expect(next.json.policy.notices).toMatchObject([
    { kind: 'vanished', repository: 'team/gone' },
    { kind: 'fixed', repository: 'team/old' },
  ]);

  const blind = await scan('blind', '--baseline', 'base.json', '--write-baseline', 'base.json');
  expect(blind.code).toBe(3);
  expect(blind.stderr).toContain(
    'tags-immutable of ecr://123456789012/eu-west-1/team/bad is in the baseline and is now unknown',
  );
  const kept = JSON.parse(readFileSync(join(cwd, 'base.json'), 'utf8')).entries;
  expect(kept).toEqual([baseline.entries[0]]);
});

test('a check can be off or graver by place, and says where it did not judge', async () => {
  const config =
    'checks:\n  tags-immutable:\n    set: low\n    where:\n      - {repository: "sandbox/*", set: off}\n      - {repository: prod/*, set: critical}\n';
  const { scan } = await project(config, {
    all: estate(0, { 'sandbox/a': lock('none'), b: lock('none'), 'prod/c': lock('none') }),
    calm: estate(0, { 'sandbox/a': lock('none'), b: lock('none') }),
  });
  const all = await scan('all', '-f', 'json', '--fail-on', 'critical');
  expect(all.code).toBe(1);
  expect(
    all.json.findings.map((one: { repository: string; severity: string }) => [
      one.repository,
      one.severity,
    ]),
  ).toEqual([
    ['prod/c', 'critical'],
    ['b', 'low'],
  ]);
  expect(all.stderr).toContain(
    'policy: tags-immutable is off for one subject (checks.tags-immutable.where)',
  );
  expect((await scan('calm')).code).toBe(0);
  expect((await scan('calm', '--fail-on', 'low')).code).toBe(1);
});

test('profiles choose checks and the threshold, below the configuration and the flags', async () => {
  const { run } = await project('profile: strict\nchecks: {tags-immutable: off}\n', {
    now: estate(0, open),
  });
  const inForce = async (...args: string[]) => {
    const { stdout } = await run('scan', '--from', 'now.jsonl', '-f', 'json', ...args);
    const { failOn, policy, checks } = JSON.parse(stdout);
    const ids = checks.map(({ id }: { id: string }) => id);
    return { failOn, profile: policy.profile, ids };
  };
  const strict = await inForce();
  expect(strict).toMatchObject({ failOn: 'medium', profile: 'strict' });
  expect(strict.ids).toContain('recent-images-clean');
  expect(strict.ids).not.toContain('tags-immutable');
  const baseline = await inForce('--profile', 'baseline', '--fail-on', 'low');
  expect(baseline).toMatchObject({ failOn: 'low', profile: 'baseline' });
  expect(baseline.ids).toContain('anonymous-pull-off');
  expect(baseline.ids.length).toBeLessThan(strict.ids.length / 4);
});

test('SARIF leaves out what is exempt, and has it with its reason when asked', async () => {
  const waiver = `{check: tags-immutable, registry: "${registry}", repository: team/bad, reason: why, expires: ${dayIn(9)}}`;
  const { scan } = await project(`waivers: [${waiver}]\n`, { now: estate(0, open) });
  const results = async (...args: string[]) =>
    JSON.parse((await scan('now', '-f', 'sarif', ...args)).stdout).runs[0].results;
  expect(await results()).toEqual([]);
  const [result] = await results('--sarif-include-suppressed');
  expect(result.suppressions).toEqual([
    { kind: 'external', status: 'accepted', justification: `waived until ${dayIn(9)}: why` },
  ]);
});

describe('reports of the configuration', () => {
  const config = 'reports: [{format: json, file: out/a.json}]\n';
  test('are written, and --report takes their place', async () => {
    const { cwd, scan } = await project(config, { now: estate(0, open) });
    mkdirSync(join(cwd, 'out'));
    await scan('now', '--report', 'json=b.json');
    expect(statSync(join(cwd, 'b.json')).isFile()).toBe(true);
    expect(() => statSync(join(cwd, 'out/a.json'))).toThrow('ENOENT');
    await scan('now');
    expect(JSON.parse(readFileSync(join(cwd, 'out/a.json'), 'utf8')).exitCode).toBe(1);
  });
  test('do not leave the tree, not even through a link', async () => {
    const { cwd, scan } = await project(config, { now: estate(0, open) });
    symlinkSync(emptyFolder(), join(cwd, 'out'));
    expect(await scan('now')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: out/a.json cannot be written: a symbolic link leads out of the tree\n',
    });
  });
});

test('config validate tells what is odd about exceptions of a sound file', async () => {
  const { run } = await project('waivers:\n  - {check: "*", reason: r, expires: 2020-01-01}\n', {});
  const result = await run('config', 'validate', 'regaudit.yaml');
  expect(result).toMatchObject({ code: 0, stdout: 'regaudit.yaml is valid\n' });
  expect(result.stderr).toBe(
    'policy: regaudit.yaml:2: the waiver of every check for every registry expired on 2020-01-01\npolicy: regaudit.yaml:2: the waiver of every check for every registry covers every check, including future ones\n',
  );
});

test('waive keeps the mode of the file', async () => {
  const { cwd, run } = await project('failOn: low\n', {});
  const { mode } = statSync(join(cwd, 'regaudit.yaml'));
  const args = ['--reason', 'r', '--expires', dayIn(5)];
  expect((await run('waive', bad, 'tags-immutable', ...args)).code).toBe(0);
  expect(statSync(join(cwd, 'regaudit.yaml')).mode).toBe(mode);
});
