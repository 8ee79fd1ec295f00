import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporters } from '../../src/reporters/reporters.ts';
import { acrCalls } from './acr.ts';
import { artifactRegistryCalls } from './artifact-registry.ts';
import { dockerHubCalls } from './docker-hub.ts';
import { shards } from './fleet.ts';
import { ghcrCalls } from './ghcr.ts';
import { gitlabCalls } from './gitlab.ts';
import { harborCalls } from './harbor.ts';
import { nexusCalls, ociCalls, quayCalls } from './on-premises.ts';
import { type Figures, fake, folder, measured, median, root } from './run.ts';
import { signatures } from './signing.ts';
import { multiplied } from './snapshot.ts';
import { suite } from './suite.ts';

const bin = join(root, 'bin/regaudit.js');
const imageChecks = [
  'recent-images-scanned',
  'recent-images-clean',
  'recent-images-signed',
  'recent-images-attested',
];
const scan = [
  'scan',
  'ecr',
  '--no-config',
  '--concurrency',
  '25',
  '--skip-check',
  imageChecks.join(','),
];

function show(what: string, value: string, wanted = ''): void {
  process.stdout.write(
    `${what.padEnd(58)}${value.padStart(14)}${wanted === '' ? '' : `   wanted: ${wanted}`}\n`,
  );
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
const times = (a: number, b: number) => `${(a / b).toFixed(2)} x`;

async function repeated(count: number, run: () => Promise<Figures>): Promise<Figures[]> {
  const all: Figures[] = [];
  for (let index = 0; index < count; index += 1) all.push(await run());
  return all;
}

const of = (figures: readonly Figures[], key: 'wall' | 'cpu' | 'memory') =>
  median(figures.map((one) => one[key]));

async function startUp(): Promise<void> {
  const nothing = await repeated(21, () => measured(['-e', '0']));
  for (const flag of ['--version', '--help']) {
    const own = await repeated(21, () => measured([bin, flag]));
    show(
      `start: regaudit ${flag} against node -e 0, processor time`,
      times(of(own, 'cpu'), of(nothing, 'cpu')),
      '1.3 x',
    );
    show(
      `start: regaudit ${flag} against node -e 0, wall time`,
      times(of(own, 'wall'), of(nothing, 'wall')),
    );
  }
}

async function againstBareLoop(): Promise<void> {
  const server = await fake(1000, 20);
  const own: Figures[] = [];
  const bare: Figures[] = [];
  const calls = { own: 0, bare: 0 };
  // In turns, so that whatever else the machine does weighs on both.
  for (let turn = 0; turn < 9; turn += 1) {
    const before = await server.calls();
    own.push(await measured([bin, ...scan], server.environment));
    const between = await server.calls();
    bare.push(await measured([join(root, 'test/bench/bare-loop.mjs'), '25'], server.environment));
    calls.own = between - before;
    calls.bare = (await server.calls()) - between;
  }
  server.stop();
  show('1,000 repositories: calls of a scan without image checks', String(calls.own), '2066');
  show('1,000 repositories: wall time of the bare loop', seconds(of(bare, 'wall')));
  show('1,000 repositories: wall time of the scan', seconds(of(own, 'wall')));
  show(
    '1,000 repositories: scan against bare loop, wall time',
    times(of(own, 'wall'), of(bare, 'wall')),
    '1.15 x',
  );
  show(
    '1,000 repositories: processor time a call, against bare',
    times(of(own, 'cpu') / calls.own, of(bare, 'cpu') / calls.bare),
    '1.3 x',
  );
}

/** Against a server that takes five calls of each operation in a second. */
async function throttled(): Promise<void> {
  const repositories = 100;
  const rate = 5;
  const server = await fake(repositories, 20, 0, rate);
  const file = join(folder, 'throttled.json');
  const output = ['--format', 'json', '--output', file];
  const { wall } = await measured([bin, ...scan, ...output], server.environment);
  const { refused, peak } = await server.throttled();
  server.stop();
  const unread = readFileSync(file, 'utf8').match(/"why": *"throttled"/g) ?? [];
  // A second's worth of calls may come at once.
  const ideal = ((repositories - rate) / rate) * 1000;
  show(`${rate} calls a second: wall time against the ideal`, times(wall, ideal), '1.3 x');
  show(`${rate} calls a second: calls refused`, String(refused));
  show(
    `${rate} calls a second: the most in five seconds, of what is allowed`,
    peak.toFixed(2),
    '1.1',
  );
  show(`${rate} calls a second: facts that were not read for it`, String(unread.length), '0');
}

async function memory(): Promise<void> {
  const peaks: number[] = [];
  for (const repositories of [1000, 10_000]) {
    const server = await fake(repositories, 0);
    const output = ['--format', 'json', '--output', join(folder, `${repositories}.json`)];
    const figures = await measured([bin, ...scan, ...output], server.environment);
    server.stop();
    peaks.push(figures.memory);
    show(
      `${repositories} repositories: peak memory, JSON report`,
      `${figures.memory.toFixed(0)} MB`,
    );
  }
  show(
    '10,000 against 1,000 repositories: peak memory',
    times(peaks[1] ?? 0, peaks[0] ?? 1),
    '1.3 x',
  );
}

async function fromSnapshot(): Promise<void> {
  const server = await fake(100, 0);
  const small = join(folder, 'small.jsonl');
  const large = join(folder, 'large.jsonl');
  await measured([bin, 'collect', 'ecr', '--no-config', '-o', small], server.environment);
  server.stop();
  await multiplied(small, large, 1000);
  const figures = await measured([bin, 'scan', '--from', large, '--no-config']);
  show(
    'snapshot of 100,000 repositories: all checks, wall time',
    seconds(figures.wall),
    '5 s on 4 cores',
  );
  show(
    'snapshot of 100,000 repositories: peak memory',
    `${figures.memory.toFixed(0)} MB`,
    '400 MB',
  );
}

/** At most 1 ms for a key and 30 ms for a keyless signature. */
async function signing(): Promise<void> {
  const { each, growth } = await signatures();
  const wanted: Readonly<Record<string, string>> = { key: '1 ms', keyless: '30 ms' };
  for (const [form, milliseconds] of each)
    show(`one signature by ${form}`, `${milliseconds.toFixed(2)} ms`, wanted[form] ?? '');
  show('10,000 signed images: growth of the heap', `${(growth / 1e6).toFixed(1)} MB`, 'flat');
}

/** Accounts of an organisation with 17 regions each, one of them in use. */
async function organization(): Promise<void> {
  const config = join(folder, 'organization.json');
  const entry = { target: 'ecr://organization', role: 'regaudit', public: false };
  const perAccount: number[] = [];
  const peaks: number[] = [];
  const counts = [50, Number(process.env['ACCOUNTS'] ?? 200)];
  for (const accounts of counts) {
    const server = await fake(0, 0, accounts);
    const { AWS_ENDPOINT_URL: endpoint } = server.environment;
    writeFileSync(config, JSON.stringify({ registries: [{ ...entry, endpoint }] }));
    const figures = await measured(
      [bin, 'scan', '-c', config, '--output', join(folder, 'organization.txt')],
      server.environment,
    );
    perAccount.push((await server.calls()) / accounts);
    peaks.push(figures.memory);
    server.stop();
    show(`${accounts} accounts: processor time`, seconds(figures.cpu));
    show(`${accounts} accounts: peak memory`, `${figures.memory.toFixed(0)} MB`, '400 MB at 1,000');
  }
  const [few = 1, all = 1] = perAccount;
  show(
    `calls for each account, ${counts.join(' and ')} accounts`,
    `${few.toFixed(1)}, ${all.toFixed(1)}`,
    'alike',
  );
}

/** From a snapshot, so it includes the evaluation, which the table shows alone. */
async function formats(): Promise<void> {
  const server = await fake(100, 0);
  const small = join(folder, 'formats-small.jsonl');
  const large = join(folder, 'formats.jsonl');
  await measured([bin, 'collect', 'ecr', '--no-config', '-o', small], server.environment);
  server.stop();
  await multiplied(small, large, 50);
  for (const format of ['table', ...Object.keys(reporters).filter((name) => name !== 'table')]) {
    const output = ['--format', format, '--output', join(folder, `formats.${format}`)];
    const figures = await measured([bin, 'scan', '--from', large, '--no-config', ...output]);
    show(`115,000 findings as ${format}: processor time`, seconds(figures.cpu), '2 s');
  }
}

try {
  const only = process.argv[2];
  const acr = () => acrCalls(show);
  const artifactRegistry = () => artifactRegistryCalls(show);
  const harbor = () => harborCalls(show);
  const dockerHub = () => dockerHubCalls(show);
  const ghcr = () => ghcrCalls(show);
  const quay = () => quayCalls(show);
  const nexus = () => nexusCalls(show);
  const oci = () => ociCalls(show);
  const gitlab = () => gitlabCalls(show);
  const parts = {
    startUp,
    againstBareLoop,
    throttled,
    memory,
    fromSnapshot,
    formats,
    organization,
    shards: () => shards(show),
    acr,
    artifactRegistry,
    harbor,
    dockerHub,
    ghcr,
    signing,
    quay,
    nexus,
    oci,
    gitlab,
    suite: () => suite(show),
  };
  for (const [name, part] of Object.entries(parts))
    if (only === undefined || only === name) await part();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
