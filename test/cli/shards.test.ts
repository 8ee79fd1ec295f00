import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedEstate, serveEstate } from '../../src/demo/aws/serve-estate.ts';
import { scenario } from '../support/aws/scenario.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

const cwd = emptyFolder();
const env = { REGAUDIT_NOW: '2026-02-01T09:00:00Z' };
const accounts = Array.from({ length: 9 }, (_, index) => ({
  id: `${index + 1}`.repeat(12),
  state: index === 8 ? 'SUSPENDED' : 'ACTIVE',
  paths: [],
  ...(index === 4 ? { refuses: true as const } : {}),
}));
const checks = ['--check', 'tags-immutable', '--check', 'push-scan-on'];

let served: ServedEstate;

const run = (...args: readonly string[]) => runCli(args, { cwd, env });
const shardFile = (index: number, count: number) =>
  `shard-${String(index).padStart(5, '0')}-of-${String(count).padStart(5, '0')}.jsonl`;
const filesOf = (folder: string) =>
  readdirSync(join(cwd, folder)).map((name) => `${folder}/${name}`);
const from = (files: readonly string[]) => files.flatMap((file) => ['--from', file]);

beforeAll(async () => {
  const estate = await scenario('all-good');
  const [[name, used] = ['', {}]] = Object.entries(estate.regions);
  served = await serveEstate({
    ...estate,
    regions: { [name]: used, 'eu-north-1': {} },
    organization: { id: 'o-a1b2c3d4e5', managementAccount: estate.account, accounts },
  });
  const entry = { target: 'ecr://organization', role: 'regaudit', public: false };
  writeFileSync(
    join(cwd, 'regaudit.yaml'),
    JSON.stringify({ registries: [{ ...entry, endpoint: served.endpoint }] }),
  );
  const planned = await run('plan', ...checks, '-o', 'plan.json', '-c', 'regaudit.yaml');
  expect(planned.code, planned.stdout + readFileSync(join(cwd,'plan.json'),'utf8')).toBe(3);
  expect((await run('collect', ...checks, '-o', 'one.jsonl', '-c', 'regaudit.yaml')).code).toBe(3);
});
afterAll(() => served.close());

const collect = (folder: string, shard: string, ...more: readonly string[]) =>
  run(
    'collect',
    ...checks,
    '-c',
    'regaudit.yaml',
    '--plan',
    'plan.json',
    '--shard',
    shard,
    '-o',
    folder,
    ...more,
  );

async function collected(folder: string, count: number): Promise<readonly string[]> {
  for (let index = 0; index < count; index += 1)
    expect(await collect(folder, `${index}/${count}`)).toMatchObject({ code: 0 });
  return filesOf(folder);
}

const report = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await run(
    'scan',
    ...checks,
    '--no-config',
    '-f',
    'json',
    ...args,
  );
  return { code, stdout, stderr };
};

describe('a plan', () => {
  test('names owners and their registries, and no secret and no time', () => {
    const plan = JSON.parse(readFileSync(join(cwd, 'plan.json'), 'utf8'));
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
});

describe('shards', () => {
  test.each([1, 2, 7, 64])('%d of them add up to the report of one process', async (count) => {
    const files = await collected(`parts-${count}`, count);
    const one = await report('--from', 'one.jsonl');
    const order = files.toSorted((a, b) => (a.slice(-9) + a < b.slice(-9) + b ? 1 : -1));
    const all = await report(...from(order));
    expect(JSON.parse(one.stdout).registries).toHaveLength(15);
    expect(all).toEqual(one);
    expect((await run('merge', ...files, '-o', `all-${count}.jsonl`)).code).toBe(3);
    expect(await report('--from', `all-${count}.jsonl`)).toEqual(one);
    expect(await report(...from(files), '--plan', 'plan.json')).toEqual(one);
  });
});
