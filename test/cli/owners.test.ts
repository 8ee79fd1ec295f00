import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { type Playground, playground } from '../support/playground.ts';
import { runCli } from '../support/run-cli.ts';

let demo: Playground;
beforeAll(async () => {
  demo = await playground();
});
afterAll(async () => expect(await demo.end()).toBe(130));

/** A configuration of the demo's registries with these lines. */
function configuration(file: string, ...lines: string[]): string {
  const begin = readFileSync(join(demo.cwd, 'regaudit-demo.yaml'), 'utf8');
  writeFileSync(join(demo.cwd, file), `${begin}\n${lines.join('\n')}\n`);
  return file;
}

async function findingsOf(...args: readonly string[]): Promise<readonly Finding[]> {
  return JSON.parse((await runCli(['scan', ...args, '-f', 'json'], demo)).stdout).findings;
}

const region = 'ecr://123456789012/eu-west-1';

test('ownerTag names the owner by the tag of an ECR repository, the label of one of Artifact Registry, and the tag of an Azure registry', async () => {
  const file = configuration('tags.yaml', 'ownerTag: owner');
  const targets = ['ecr', 'acr', 'artifact-registry'];
  const findings = await findingsOf(...targets, '-c', file, '--check', 'tags-immutable');
  const owners = new Map(findings.map(({ subject, owner }) => [subject, owner]));
  expect(owners.get(`${region}/shop/checkout`)).toBe('team-checkout');
  expect(owners.get(`${region}/legacy/billing`)).toBe(null);
  expect(owners.get('artifact-registry://shop-prod/europe/shop')).toBe('team-shop');
  const ofAzure = (name: string) =>
    new Set([...owners].flatMap(([place, owner]) => (place.includes(name) ? [owner] : [])));
  expect(ofAzure('shopimages')).toEqual(new Set(['team-shop']));
  expect(ofAzure('sandboximages')).toEqual(new Set([null]));
}, 240_000);

test('permissions of a configuration have its checks and what reads its owners', async () => {
  const tags = configuration('tags.yaml', 'ownerTag: owner');
  const action = 'ecr:ListTagsForResource';
  const { stdout } = await runCli(['permissions', 'ecr', '-c', tags], demo);
  expect(stdout).toContain(action);
  const without = await runCli(['permissions', 'ecr', '--no-config'], demo);
  expect(without.stdout).not.toContain(action);
  const few = configuration('few.yaml', 'checks: {tags-immutable: off}\nprofile: baseline');
  const baseline = await runCli(['permissions', 'ecr', '-c', few], demo);
  expect(baseline.code).toBe(0);
  expect(baseline.stdout.length).toBeLessThan(without.stdout.length);
});

test('--dry-run names the call that reads the tags of a repository, and only with ownerTag', async () => {
  const file = configuration('tags.yaml', 'ownerTag: owner');
  const call = 'ListTagsForResource (ecr:ListTagsForResource)';
  const dry = await runCli(['scan', 'ecr', '-c', file, '--dry-run'], demo);
  expect(dry.stdout).toContain(call);
  const without = await runCli(['scan', 'ecr', '--no-config', '--dry-run'], demo);
  expect(without.stdout).not.toContain(call);
});

test('an entry of owners decides, and the reports for people and code scanning name the owner', async () => {
  const file = configuration(
    'owners.yaml',
    'owners:',
    "  - { registry: 'ecr://*', repository: 'shop/*', owner: '@acme/shop' }",
    "  - { repository: shop/checkout, owner: '@acme/pay' }",
  );
  const args = ['ecr', '-c', file, '--check', 'untagged-expire,tags-immutable'];
  const reports = ['--details', '--report', 'json=r.json', '--report', 'sarif=r.sarif'];
  const { stdout } = await runCli(['scan', ...args, ...reports], demo);
  const { findings } = JSON.parse(readFileSync(join(demo.cwd, 'r.json'), 'utf8'));
  const owners = new Map(findings.map(({ subject, owner }: Finding) => [subject, owner]));
  expect(owners.get(`${region}/shop/checkout`)).toBe('@acme/pay');
  const failing = findings.find(
    ({ verdict, owner }: Finding) => verdict === 'fail' && owner === '@acme/shop',
  );
  expect(stdout).toContain('(owner: @acme/shop)');
  expect(readFileSync(join(demo.cwd, 'r.sarif'), 'utf8')).toContain(
    '"properties":{"owner":"@acme/shop"}',
  );
  const page = await runCli(['explain', failing.fingerprint, '--from', 'r.json'], demo);
  expect(page.stdout).toContain('Owner       @acme/shop');
});
