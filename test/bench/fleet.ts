import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fake, folder, measured, root } from './run.ts';

type Show = (what: string, value: string, wanted?: string) => void;

const bin = join(root, 'bin/regaudit.js');
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/**
 * One process against four shards, all against a server that takes its time for each answer: what several machines
 * would gain. They share the processors of this machine, so with little latency they gain nothing.
 */
export async function shards(show: Show): Promise<void> {
  const accounts = Number(process.env['ACCOUNTS'] ?? 200);
  const latency = Number(process.env['LATENCY'] ?? 300);
  const many = Number(process.env['SHARDS'] ?? 4);
  const server = await fake(0, latency, accounts);
  const config = join(folder, 'fleet.json');
  const endpoint = server.environment['AWS_ENDPOINT_URL'];
  const entry = { target: 'ecr://organization', role: 'regaudit', public: false };
  writeFileSync(config, JSON.stringify({ registries: [{ ...entry, endpoint }] }));
  const plan = join(folder, 'plan.json');
  const run = (...args: readonly string[]) =>
    measured([bin, ...args, '-c', config], server.environment);
  const planned = await run('plan', '-o', plan);
  show(`${accounts} accounts at ${latency} ms: plan, wall time`, seconds(planned.wall));
  show(`${accounts} accounts: calls of the plan`, String(await server.calls()));
  const walls = new Map<number, number>();
  for (const count of [1, many]) {
    const parts = join(folder, `parts-${count}`);
    mkdirSync(parts);
    const shard = (index: number) =>
      run('collect', '--plan', plan, '--shard', `${index}/${count}`, '-o', parts);
    const figures = await Promise.all(Array.from({ length: count }, (_, index) => shard(index)));
    const wall = Math.max(...figures.map((one) => one.wall));
    walls.set(count, wall);
    show(`${count} shards: wall time of the slowest`, seconds(wall));
    show(
      `${count} shards: peak memory of the largest`,
      `${Math.max(...figures.map(({ memory }) => memory)).toFixed(0)} MB`,
      '400 MB',
    );
    const files = readdirSync(parts).map((name) => join(parts, name));
    const merged = await measured([
      bin,
      'merge',
      ...files,
      '--plan',
      plan,
      '-o',
      join(folder, `${count}.jsonl`),
    ]);
    show(
      `${count} shards: merge, wall time and memory`,
      `${seconds(merged.wall)}, ${merged.memory.toFixed(0)} MB`,
    );
  }
  server.stop();
  const [one = 1, all = 1] = [...walls.values()];
  show(
    `${many} shards against a ${many}th of one process, wall time`,
    `${((all * many) / one).toFixed(2)} x`,
    '1.2 x',
  );
}
