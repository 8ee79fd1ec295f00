import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Room {
  readonly may: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: boolean;
}

/** What stands directly under the room of adapters is for every adapter. */
const adapterOffers = [
  'basic-credentials',
  'contract',
  'facts',
  'parts',
  'unlearnt',
  'collectors',
  'read-registry',
  'retry-policy',
  'host-target',
  'http-api',
  'image-facts',
  'permissions',
  'tag-digests',
  'transport',
  'outside-address',
].map((file) => `src/providers/${file}.ts`);

/** What single adapters may import besides: their vendor's SDK, and what nobody else needs. */
const further: Readonly<Record<string, Partial<Room>>> = {
  ecr: {
    may: ['src/aws-policy', 'src/signing/aws-question.ts'],
    packages: ['@aws-sdk/', '@smithy/'],
  },
  // The steps of a task are YAML.
  acr: { packages: ['@azure/', 'yaml'] },
  ghcr: { packages: ['@octokit/openapi-types'] },
  'artifact-registry': { packages: ['@google-cloud/', 'google-auth-library', 'google-gax'] },
};

function adapterRooms(): Readonly<Record<string, Room>> {
  const folders = readdirSync(join(root, 'src/providers'), { withFileTypes: true });
  const ids = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Object.fromEntries(
    ids.map((id) => {
      const { may = [], packages = [] } = further[id] ?? {};
      const offered = ['src/model', 'src/decode', 'src/http', 'src/oci', ...adapterOffers];
      return [`src/providers/${id}`, { may: [...offered, ...may], packages, node: true }];
    }),
  );
}

/** Who may import whom. The longest fitting prefix decides; `packages` and `node` are the world outside. */
const rooms: Readonly<Record<string, Room>> = {
  'src/model': { may: [], packages: ['@sinclair/typebox'] },
  checks: { may: ['src/model', 'src/engine/check.ts', 'src/engine/cases.ts'] },
  'checks/index.ts': { may: ['checks', 'src/engine/check.ts'] },
  'src/engine': { may: ['src/model'] },
  'src/decode': { may: [], packages: ['yaml'] },
  'src/files': { may: ['src/model'], packages: ['ajv'], node: true },
  'src/fleet': { may: ['src/model', 'src/files', 'src/snapshot'], packages: ['ajv'], node: true },
  'src/snapshot': { may: ['src/model', 'src/engine', 'src/files'], packages: ['ajv'] },
  'src/findings': {
    may: ['src/model', 'src/engine', 'src/files', 'src/reporters/safe-text.ts'],
    packages: ['ajv'],
    node: true,
  },
  // A body that is no JSON, or not of the documented shape, is a DecodeError already here.
  'src/http': { may: ['src/decode', 'src/files/pieces.ts'], packages: ['undici'], node: true },
  'src/aws-policy': { may: [] },
  'src/providers/contract.ts': { may: ['src/model', 'src/providers/retry-policy.ts'] },
  'src/providers/retry-policy.ts': { may: [] },
  'src/providers/facts.ts': {
    may: ['src/model', ...adapterOffers, 'src/providers/input-hash.ts'],
  },
  'src/providers/parts.ts': { may: ['src/model', ...adapterOffers] },
  'src/providers/unlearnt.ts': { may: ['src/model'] },
  'src/providers/input-hash.ts': { may: [], node: true },
  'src/providers/read-registry.ts': { may: ['src/model', 'src/http', ...adapterOffers] },
  'src/providers/collectors.ts': { may: ['src/model', ...adapterOffers], node: true },
  'src/providers/permissions.ts': { may: ['src/providers/contract.ts'] },
  'src/providers/image-facts.ts': { may: ['src/model', ...adapterOffers] },
  'src/providers/tag-digests.ts': { may: ['src/model', 'src/oci', ...adapterOffers] },
  'src/providers/basic-credentials.ts': { may: ['src/http'] },
  'src/providers/host-target.ts': { may: ['src/model', ...adapterOffers] },
  'src/providers/transport.ts': { may: ['src/model', 'src/http', ...adapterOffers] },
  'src/providers/outside-address.ts': { may: [] },
  'src/providers/places.ts': { may: ['src/model'] },
  'src/providers/http-api.ts': { may: ['src/model', 'src/decode', 'src/http', ...adapterOffers] },
  'src/providers/index.ts': { may: ['src/providers', 'src/model'] },
  'src/oci': { may: ['src/decode', 'src/http', 'src/model'], packages: ['cbor2'], node: true },
  ...adapterRooms(),
  'src/declarative': {
    may: ['src/model', 'src/engine', 'src/files', 'src/decode/bounded-yaml.ts'],
    packages: ['ajv', '@bufbuild/'],
    node: true,
  },
  'src/policy': { may: ['src/model', 'src/engine'] },
  'src/reporters': { may: ['src/model'], packages: ['chalk', 'cli-table3', 'sarif'] },
  // Pure and offline: what it judges was collected before.
  'src/signing': {
    may: ['src/model', 'src/decode'],
    packages: ['@sigstore/', 'cbor2'],
    node: true,
  },
  'src/config': {
    may: ['src/model', 'src/files', 'src/signing', 'src/decode/bounded-yaml.ts'],
    packages: ['yaml', 'ajv'],
    node: true,
  },
  'src/catalogue': {
    may: [
      'src/engine/check.ts',
      'src/engine/collect-plan.ts',
      'src/engine/evaluate.ts',
      'src/providers/contract.ts',
      'src/providers/retry-policy.ts',
      'src/model',
    ],
  },
  'src/audit': {
    may: [
      'src/model',
      'src/engine',
      'src/policy',
      'src/findings',
      'src/catalogue/fixes.ts',
      'checks/controls.json',
      'checks/topics.ts',
    ],
    node: true,
  },
  // Looks at any registry as a stranger does; an adapter says where.
  'src/outside': {
    may: [
      'src/model',
      'src/http',
      'src/oci',
      'src/providers/contract.ts',
      'src/providers/retry-policy.ts',
      'src/providers/http-api.ts',
      'src/providers/transport.ts',
    ],
  },
  'src/demo': { may: ['src/model', 'fixtures'], node: true },
  'src/generate': { may: ['src', 'checks'], packages: ['esbuild'], node: true },
  'src/cli': {
    may: ['src', 'checks', 'package.json', 'fixtures'],
    packages: ['commander', 'chalk', 'cli-table3', 'ajv'],
    node: true,
  },
};

/** Rooms that only themselves, the tests and (for the CLI) the build may import. */
const closed = ['src/generate', 'src/cli'];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file).split(sep).join('/'));
}

function roomOf(path: string): string | undefined {
  return Object.keys(rooms)
    .filter((room) => path === room || path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

const importing =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\('([^']+)'\)|(?:^|\n)import\s+'([^']+)'/g;

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(importing)].map((found) => found[1] ?? found[2] ?? found[3] ?? '');
}

function offence(file: string, target: string): string | null {
  const name = roomOf(file);
  const room = name === undefined ? undefined : rooms[name];
  if (name === undefined || room === undefined) return `${file} is in no room`;
  if (target.startsWith('node:')) return room.node ? null : `${file} imports ${target}`;
  if (!target.startsWith('.')) {
    const known = room.packages?.some(
      (allowed) =>
        target === allowed || target.startsWith(allowed.endsWith('/') ? allowed : `${allowed}/`),
    );
    return known ? null : `${file} imports the package ${target}`;
  }
  const path = relative(root, resolve(root, dirname(file), target))
    .split(sep)
    .join('/');
  const own = name.endsWith('.ts') ? [] : [name];
  const inside = [...own, ...room.may].some(
    (allowed) => path === allowed || path.startsWith(`${allowed}/`),
  );
  const crossing = closed.some(
    (shut) => path.startsWith(`${shut}/`) && !file.startsWith(`${shut}/`),
  );
  return inside && !crossing ? null : `${file} imports ${path}`;
}

const files = ['src', 'checks'].flatMap(sources);

test('the table of rooms covers the tree', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('no room looks into a room it may not', () => {
  const offences = files.flatMap((file) => importsOf(file).map((target) => offence(file, target)));
  expect(offences.filter((found) => found !== null)).toEqual([]);
});

test('no check imports another check', () => {
  const checks = files.filter(
    (file) => /^checks\/[a-z]+\//.test(file) && !file.endsWith('.cases.ts'),
  );
  const between = checks.flatMap((file) =>
    importsOf(file).filter((target) => target.startsWith('./')),
  );
  expect(checks.length).toBeGreaterThan(30);
  expect(between).toEqual([]);
});

test('decoders have no default values and adapters no try/catch of their own', () => {
  const decoders = files.filter(
    (file) => file.startsWith('src/providers/') && /\/decode(\/|\.ts)/.test(file),
  );
  const defaults = decoders.filter((file) =>
    /\?\?|\?\.(?!\d)|\|\|\s*(?:['"`[{\d]|null|undefined|true|false)/.test(withoutComments(file)),
  );
  const adapters = files.filter((file) => /^src\/providers\/[^/]+\//.test(file));
  const catches = adapters.filter((file) => /\}\s*catch\b/.test(withoutComments(file)));
  expect(decoders.length).toBeGreaterThan(5);
  expect({ defaults, catches }).toEqual({ defaults: [], catches: [] });
});

test('adapters make facts by the functions of facts.ts and contract.ts alone', () => {
  const adapters = files.filter((file) => /^src\/providers\/[^/]+\//.test(file));
  const making = adapters.filter((file) =>
    /\bstate: '(?:known|unknown|unsupported)'/.test(withoutComments(file)),
  );
  expect(adapters.length).toBeGreaterThan(100);
  expect(making).toEqual([]);
});

function withoutComments(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

test('engine, reporters and the judgments of checks know no vendor', () => {
  const vendors =
    /\b(?:ecr|aws|amazon|azure|acr|google|gcp|artifact-registry|harbor|docker-?hub|ghcr|quay|nexus)\b/i;
  const blind = files.filter((file) => /^src\/(engine|reporters|policy|model)\//.test(file));
  const knowing = blind.filter((file) => vendors.test(withoutTexts(file)));
  expect(blind.length).toBeGreaterThan(40);
  expect(knowing).toEqual([]);
});

/** Without comments and strings: those are for people. */
function withoutTexts(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(
    /\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
    "''",
  );
}

test('the largest files are seen', () => {
  const sizes = files
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
    .sort((a, b) => b.lines - a.lines);
  process.stdout.write(
    `${sizes
      .slice(0, 10)
      .map(({ file, lines }) => `${lines} ${file}`)
      .join('\n')}\n`,
  );
  expect(sizes[0]?.lines).toBeGreaterThan(0);
});
