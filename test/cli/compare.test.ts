import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { fixture } from '../reporters/reports.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { registry, snapshotOf, twoRepositories } from './sample.ts';

const snapshot = join(emptyFolder(), 'snapshot.jsonl');
writeFileSync(snapshot, await snapshotOf(twoRepositories));

test('compare has a column for every registry that regaudit knows', async () => {
  const { code, stdout, stderr } = await runCli(['compare', '-f', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { offers, switchedOn } = JSON.parse(stdout);
  expect(offers.providers.map(({ id }: { id: string }) => id)).toEqual(Object.keys(providers));
  expect(switchedOn).toBeNull();
});

test('compare --from a snapshot shows what is switched on', async () => {
  const args = ['compare', '--from', snapshot, '--check', 'tags-immutable'];
  const { code, stdout, left } = await runCli(args);
  expect({ code, left }).toEqual({ code: 0, left: [] });
  expect(stdout).toMatch(/^F5 Immutable tags +1✗ 1✓$/m);
  const json = JSON.parse((await runCli([...args, '-f', 'json'])).stdout);
  expect(json.switchedOn.registries).toEqual([{ id: registry, provider: 'ecr', whole: true }]);
});

test('compare --from a report compares the registries in it', async () => {
  const { code, stdout } = await runCli(['compare', '--from', '-', '-f', 'markdown'], {
    stdin: fixture('rich.json'),
  });
  expect(code).toBe(0);
  expect(stdout).toContain('`acr://contoso-prod` **incomplete**');
  expect(stdout).toContain('| F5 Immutable tags |');
});

test('a provider that does not exist is wrong usage', async () => {
  const { code, stderr } = await runCli(['compare', 'ecs']);
  expect(code).toBe(2);
  expect(stderr).toContain('did you mean "ecr"');
});
