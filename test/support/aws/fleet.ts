import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ServedEstate, serveEstate } from '../../../src/demo/aws/serve-estate.ts';
import { type CliResult, emptyFolder, runCli } from '../run-cli.ts';
import { scenario } from './scenario.ts';

const env = { REGAUDIT_NOW: '2026-02-01T09:00:00Z' };
const checks = ['--check', 'tags-immutable', '--check', 'push-scan-on'];

/** An organisation whose accounts are scanned in shards, at a fixed time. */
export interface Fleet {
  readonly cwd: string;
  readonly served: ServedEstate;
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
  /** The arguments that collect one shard. */
  readonly collecting: (folder: string, shard: string) => readonly string[];
  /** Collects one shard, `i/n`, into the folder. */
  readonly collect: (
    folder: string,
    shard: string,
    ...more: readonly string[]
  ) => Promise<CliResult>;
  /** The files of all shards. */
  readonly collected: (folder: string, count: number) => Promise<readonly string[]>;
  /** The scan of snapshots as JSON. */
  readonly report: (...args: readonly string[]) => Promise<CliResult>;
  readonly text: (file: string) => string;
}

/**
 * Nine accounts with two regions each: the fifth refuses its role, the ninth is suspended. `plan.json` is its plan,
 * `one.jsonl` what one process reads of it.
 */
export async function fleet(): Promise<Fleet> {
  const cwd = emptyFolder();
  const accounts = Array.from({ length: 9 }, (_, index) => ({
    id: `${index + 1}`.repeat(12),
    state: index === 8 ? 'SUSPENDED' : 'ACTIVE',
    paths: [],
    ...(index === 4 ? { refuses: true as const } : {}),
  }));
  const estate = await scenario('all-good');
  const [[name, used] = ['', {}]] = Object.entries(estate.regions);
  const served = await serveEstate({
    ...estate,
    regions: { [name]: used, 'eu-north-1': {} },
    organization: { id: 'o-a1b2c3d4e5', managementAccount: estate.account, accounts },
  });
  const entry = { target: 'ecr://organization', role: 'regaudit', public: false };
  const registries = [{ ...entry, endpoint: served.endpoint }];
  writeFileSync(join(cwd, 'regaudit.yaml'), JSON.stringify({ registries }));
  const run = (...args: readonly string[]) => runCli(args, { cwd, env });
  const live = [...checks, '-c', 'regaudit.yaml'];
  const collecting: Fleet['collecting'] = (folder, shard) => [
    'collect',
    ...live,
    ...['--plan', 'plan.json', '--shard', shard, '-o', folder],
  ];
  const collect: Fleet['collect'] = (folder, shard, ...more) =>
    run(...collecting(folder, shard), ...more);
  expect(await run('plan', ...live, '-o', 'plan.json')).toMatchObject({ code: 3 });
  expect(await run('collect', ...live, '-o', 'one.jsonl')).toMatchObject({ code: 3 });
  return {
    cwd,
    served,
    run,
    collecting,
    collect,
    async collected(folder, count) {
      for (let index = 0; index < count; index += 1)
        expect(await collect(folder, `${index}/${count}`)).toMatchObject({ code: 0 });
      return readdirSync(join(cwd, folder)).map((file) => `${folder}/${file}`);
    },
    report: (...args) => run('scan', ...checks, '--no-config', '-f', 'json', ...args),
    text: (file) => readFileSync(join(cwd, file), 'utf8'),
  };
}

/** `--from` for each file. */
export function from(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => ['--from', file]);
}

/** Which file a shard writes. */
export function fileOf(folder: string, index: number, count: number): string {
  const digits = (number: number) => String(number).padStart(5, '0');
  return `${folder}/shard-${digits(index)}-of-${digits(count)}.jsonl`;
}
