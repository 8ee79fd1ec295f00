import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveEstate } from '../../src/demo/aws/serve-estate.ts';
import { type Fleet, fileOf, fleet, from } from '../support/aws/fleet.ts';
import { scenario } from '../support/aws/scenario.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

const refused = 'ecr://555555555555/all';
let it: Fleet;
beforeAll(async () => {
  it = await fleet();
});
afterAll(() => it.served.close());

describe('a plan', () => {
  test('names owners and their registries, and what could not be entered', () => {
    const plan = JSON.parse(it.text('plan.json'));
    expect(plan.owners).toHaveLength(8);
    expect(plan.owners[0]).toEqual({
      id: 'ecr://111111111111',
      entry: 0,
      from: 'ecr://organization',
      target: 'ecr://111111111111',
      set: { role: 'arn:aws:iam::111111111111:role/regaudit', regions: 'all' },
      without: [],
      units: ['ecr://111111111111/eu-north-1', 'ecr://111111111111/eu-west-1'],
      weight: 2,
    });
    expect(plan.owners[4]).toMatchObject({ id: 'ecr://555555555555', units: null });
    expect(plan.notes).toEqual([
      'ecr://organization: accounts that cannot be entered: 1 suspended',
    ]);
  });

  test('tells the price by an earlier snapshot, and takes no more calls than its lists', async () => {
    const before = it.served.calls.get('sts:AssumeRole') ?? 0;
    const { stdout } = await it.run(
      'plan',
      '-c',
      'regaudit.yaml',
      '--from',
      'one.jsonl',
      '--shards',
      '4',
    );
    expect(stdout).toMatch(/^8 owners, 14 registries, \d+ calls to list them$/m);
    expect(stdout).toMatch(
      /^about \d+ calls as in the earlier run: under a minute in one process/m,
    );
    expect(stdout).toMatch(/^4 shards: \d+ to \d+ calls each$/m);
    expect(stdout).toMatch(/^not listed: 1 owner, .*\n {2}ecr:\/\/555555555555$/m);
    expect((it.served.calls.get('sts:AssumeRole') ?? 0) - before).toBe(8);
  });

  test('is refused when it was edited, when it is none, and for other checks', async () => {
    writeFileSync(
      join(it.cwd, 'edited.json'),
      it.text('plan.json').replace('eu-north-1', 'eu-north-2'),
    );
    const shard = ['--shard', '0/1', '-o', 'refused', '-c', 'regaudit.yaml'];
    const edited = await it.run('collect', '--plan', 'edited.json', ...shard);
    expect(edited).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it was changed after'),
    });
    const none = await it.run('collect', '--plan', 'one.jsonl', ...shard);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('this is no plan') });
    const other = await it.run('collect', '--plan', 'plan.json', ...shard);
    expect(other).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the plan was made for checks'),
    });
  });
});

describe('shards', () => {
  test.each([1, 2, 7, 64])('%d of them add up to the report of one process', async (count) => {
    const files = await it.collected(`parts-${count}`, count);
    const one = await it.report('--from', 'one.jsonl');
    const back = (file: string) => file.split('').reverse().join('');
    const mixed = files.toSorted((a, b) => (back(a) < back(b) ? -1 : 1));
    expect(JSON.parse(one.stdout).registries).toHaveLength(15);
    expect(await it.report(...from(mixed))).toEqual(one);
    expect(await it.report(...from(files), '--plan', 'plan.json')).toEqual(one);
    const merged = `all-${count}.jsonl`;
    expect(await it.run('merge', ...mixed, '-o', merged)).toMatchObject({ code: 3 });
    expect(await it.report('--from', merged)).toEqual(one);
    expect(
      await it.run('merge', ...files, '--plan', 'plan.json', '-o', 'again.jsonl'),
    ).toMatchObject({ code: 3 });
    expect(it.text('again.jsonl')).toBe(it.text(merged));
  });

  test('are told by the engine, which may count from one', async () => {
    const shards = [
      { SHARD_INDEX: '1', SHARDS: '4', CI_NODE_INDEX: '4', CI_NODE_TOTAL: '4' },
      { JOB_COMPLETION_INDEX: '1', SHARDS: '4' },
      { AWS_BATCH_JOB_ARRAY_INDEX: '1', AWS_BATCH_JOB_ARRAY_SIZE: '4' },
      { CLOUD_RUN_TASK_INDEX: '1', CLOUD_RUN_TASK_COUNT: '4' },
      { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '4' },
    ];
    const { shardFrom } = await import('../../src/fleet/shard.ts');
    for (const environment of shards)
      expect(shardFrom('auto', environment)).toEqual({ index: 1, count: 4 });
    for (const environment of [
      {},
      { JOB_COMPLETION_INDEX: '1' },
      { CI_NODE_INDEX: '0', CI_NODE_TOTAL: '4' },
    ])
      expect(() => shardFrom('auto', environment)).toThrow(/--shard auto|is no shard/);
    for (const wrong of ['4/4', '-1/4', '1', '0/0', '0/10001', '1/4/'])
      expect(() => shardFrom(wrong, {})).toThrow(/is no shard/);
  });

  test('that were killed go on where they ended', async () => {
    const file = fileOf('killed', 0, 2);
    expect(await it.collect('killed', '0/2')).toMatchObject({ code: 0 });
    const whole = it.text(file);
    const entered = () => it.served.calls.get('sts:AssumeRole') ?? 0;
    // Whole, to the middle of a line, before the first registry has ended, and nothing.
    for (const part of [whole, whole.slice(0, -200), whole.slice(0, 800), '']) {
      const name = join(it.cwd, `${file.slice(0, -6)}.00000000.part`);
      renameSync(join(it.cwd, file), name);
      writeFileSync(name, part);
      const before = entered();
      const { code, stderr } = await it.collect('killed', '0/2', '--resume');
      expect(code).toBe(0);
      const ended = [...part.matchAll(/"kind":"end","registry":"([^"]+)"/g)].map(([, id]) => id);
      // What could not be entered is tried again.
      const kept = ended.filter((id) => id !== refused);
      expect(Number(/\((\d+) from before\)/.exec(stderr)?.[1] ?? 0)).toBe(kept.length);
      expect(entered() - before).toBeLessThanOrEqual(4 - Math.floor(kept.length / 2));
    }
    expect(readdirSync(join(it.cwd, 'killed'))).toEqual([fileOf('', 0, 2).slice(1)]);
    expect(await it.collect('killed', '1/2')).toMatchObject({ code: 0 });
    const one = await it.report('--from', 'one.jsonl');
    expect(await it.report(...from([fileOf('killed', 0, 2), fileOf('killed', 1, 2)]))).toEqual(one);
  });

  test('read again what is older than is allowed', async () => {
    expect(await it.collect('old', '0/2')).toMatchObject({ code: 0 });
    const resumed = (now: string) =>
      runCli([...it.collecting('old', '0/2'), '--resume'], {
        cwd: it.cwd,
        env: { REGAUDIT_NOW: now },
      });
    expect((await resumed('2026-02-02T08:00:00Z')).stderr).toMatch(/[78] from before/);
    expect((await resumed('2026-02-02T10:00:00Z')).stderr).not.toContain('from before');
  });

  test('end with 0 at the second try where a registry was reached, and the same of it is out of reach again', async () => {
    const good = await scenario('all-good');
    const served = await serveEstate({
      ...good,
      faults: [{ kind: 'unreachable', operation: 'ecr:GetRegistryScanningConfiguration' }],
    });
    const cwd = emptyFolder();
    const registries = [
      { target: 'ecr', region: 'eu-west-1', public: false, endpoint: served.endpoint },
    ];
    writeFileSync(join(cwd, 'regaudit.yaml'), JSON.stringify({ registries }));
    const run = (...args: readonly string[]) =>
      runCli([...args, '-c', 'regaudit.yaml', '--check', 'push-scan-on'], { cwd });
    expect((await run('plan', '-o', 'plan.json')).code).toBe(0);
    const shard = (...more: readonly string[]) =>
      run('collect', '--plan', 'plan.json', '--shard', '0/1', '-o', 'parts', ...more);
    expect((await shard()).code).toBe(75);
    expect((await shard()).code).toBe(75);
    expect((await shard('--resume')).code).toBe(0);
    const judged = await run('scan', '--from', fileOf('parts', 0, 1), '--plan', 'plan.json');
    expect(judged.code).toBe(3);
    await served.close();
  });

  test('end with 75 where another try may learn more, and are whole all the same', async () => {
    const cwd = emptyFolder();
    const registries = [{ target: 'oci://127.0.0.1:1' }];
    writeFileSync(join(cwd, 'regaudit.yaml'), JSON.stringify({ registries }));
    const run = (...args: readonly string[]) => runCli([...args, '-c', 'regaudit.yaml'], { cwd });
    expect((await run('plan', '-o', 'plan.json')).code).toBe(3);
    const shard = await run('collect', '--plan', 'plan.json', '--shard', '0/1', '-o', 'parts');
    expect(shard).toMatchObject({ code: 75, stderr: expect.stringContaining('--resume') });
    const judged = await run('scan', '--from', fileOf('parts', 0, 1), '--plan', 'plan.json');
    expect(judged).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('oci://127.0.0.1:1'),
    });
  });
});
