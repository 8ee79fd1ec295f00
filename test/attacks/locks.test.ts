import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { locked } from '../../src/files/lock.ts';
import { emptyFolder } from '../support/run-cli.ts';

test('of many that find a lock of a killed process, one at a time gets it, and nothing is left behind', async () => {
  for (let round = 0; round < 20; round += 1) {
    const folder = emptyFolder();
    const file = join(folder, 'regaudit.yaml');
    writeFileSync(`${file}.lock`, '');
    utimesSync(`${file}.lock`, 1, 1);
    let [inside, most] = [0, 0];
    const change = async () => {
      const release = await locked(file);
      inside += 1;
      most = Math.max(most, inside);
      for (let left = 10; left > 0; left -= 1) await turn();
      inside -= 1;
      await release();
    };
    await Promise.all(Array.from({ length: 8 }, change));
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('a lock of a killed process is left to the one that takes it over already', async () => {
  const file = join(emptyFolder(), 'regaudit.yaml');
  for (const name of [`${file}.lock`, `${file}.lock.stale`]) writeFileSync(name, '');
  utimesSync(`${file}.lock`, 1, 1);
  let isMine = false;
  const mine = locked(file).then((release) => {
    isMine = true;
    return release;
  });
  await sleep(150);
  expect(isMine).toBe(false);
  // The other one has it, and ends.
  for (const name of [`${file}.lock`, `${file}.lock.stale`]) rmSync(name);
  await (await mine)();
});
