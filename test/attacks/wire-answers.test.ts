import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { acrDemo } from '../../src/demo/acr/demo.ts';
import { artifactRegistryDemo } from '../../src/demo/artifact-registry/demo.ts';
import { ecrDemo } from '../../src/demo/aws/demo.ts';
import { demos } from '../../src/demo/demos.ts';
import { dockerHubDemo } from '../../src/demo/docker-hub/demo.ts';
import { harborDemo } from '../../src/demo/harbor/demo.ts';
import type { Scan } from '../support/scan-provider.ts';
import { type Aim, attacks, scanned } from './support/in-front.ts';

/* What a hostile or broken registry answers: no verdict may turn into a pass by it. */

const none: Aim = () => undefined;

const scans = new Map<unknown, Promise<Scan>>();
/** What an honest server leads to; once for each demo. */
function honestly(demo: (typeof demos)[number]): Promise<Scan> {
  const scan = scans.get(demo) ?? demo().then((served) => scanned(served, none));
  scans.set(demo, scan);
  return scan;
}

function verdictsOf({ findings }: Scan): ReadonlyMap<string, string> {
  return new Map(
    findings.map(({ check, subject, verdict }) => [`${check} of ${subject}`, verdict] as const),
  );
}

function passesWon(honest: Scan, attacked: Scan): readonly string[] {
  const before = verdictsOf(honest);
  return [...verdictsOf(attacked)]
    .filter(([about, verdict]) => verdict === 'pass' && before.get(about) !== 'pass')
    .map(([about]) => `${about}: ${before.get(about)} became pass`);
}

/** The same path is attacked alike at each try. */
function hashOf(text: string): number {
  let hash = 5381;
  for (const one of text) hash = (hash * 33 + (one.codePointAt(0) ?? 0)) % 4_294_967_291;
  return hash;
}

const kinds = Object.values(attacks);
/** Two of three calls are attacked, each in another way; signing in is left alone. */
const everywhere =
  (seed: number): Aim =>
  ({ url = '', headers }: IncomingMessage, body) => {
    const call = `${seed} ${url} ${headers['x-amz-target'] ?? ''} ${body.slice(0, 60)}`;
    if (/token|oauth2|openid|GetCallerIdentity|users\/current/.test(`${url} ${body}`))
      return undefined;
    const hash = hashOf(call);
    return hash % 3 === 0 ? undefined : kinds[Math.floor(hash / 3) % kinds.length];
  };

const named = demos.map((demo) => [demo.name, demo] as const);

describe.each(named)('%s, attacked at most of its calls', (_, demo) => {
  test('turns no verdict into a pass, and comes to its end', async () => {
    const honest = await honestly(demo);
    expect(honest.findings.length).toBeGreaterThan(10);
    for (const seed of [1, 2, 3]) {
      const attacked = await scanned(await demo(), everywhere(seed));
      expect(attacked.crashes).toEqual([]);
      expect(passesWon(honest, attacked)).toEqual([]);
    }
  });
});

const at =
  (path: RegExp, attack: string): Aim =>
  ({ url = '' }) =>
    path.test(url) ? attacks[attack] : undefined;

type Row = readonly [
  title: string,
  demo: (typeof demos)[number],
  path: RegExp,
  attacks: readonly string[],
  checks: readonly string[],
];

const rows: readonly Row[] = [
  [
    'images of Artifact Registry (row 2)',
    artifactRegistryDemo,
    /\/dockerImages/,
    ['no content', 'an error with 200'],
    ['recent-images-scanned', 'recent-images-signed', 'recent-images-attested'],
  ],
  [
    'buckets of Google Storage (row 3)',
    artifactRegistryDemo,
    /^\/storage\/v1\/b\?/,
    ['an error with 200', 'errors with 200', 'keys that were damaged', 'an object of nothing'],
    ['legacy-storage-private'],
  ],
  [
    'keys of service accounts (row 3)',
    artifactRegistryDemo,
    /\/serviceAccounts\/.*\/keys/,
    ['an error with 200', 'keys that were damaged'],
    ['tokens-expire', 'tokens-in-use'],
  ],
  [
    'an accessory of Harbor (row 4)',
    harborDemo,
    /\/artifacts\/sha256/,
    ['an object of nothing', 'errors with 200'],
    ['recent-images-signed'],
  ],
  [
    'the purge schedule of Harbor (row 5)',
    harborDemo,
    /\/purgeaudit\/schedule/,
    ['no content', 'null', 'nothing behind the headers'],
    ['audit-log-kept'],
  ],
  [
    'an encoding that nobody offered, at Harbor (row 8)',
    harborDemo,
    /\/projects/,
    ['an encoding nobody offered', 'an encoding of no kind'],
    ['tags-immutable'],
  ],
  [
    'an encoding that nobody offered, at Docker Hub (row 8)',
    dockerHubDemo,
    /\/repositories/,
    ['an encoding nobody offered'],
    ['tags-immutable'],
  ],
  [
    'an encoding that nobody offered, at ACR (row 8)',
    acrDemo,
    /resources/,
    ['an encoding nobody offered', 'a million values in a small gzip'],
    ['tags-immutable'],
  ],
  [
    'lists of a million values behind kilobytes of gzip (row 9)',
    harborDemo,
    /\/(?:projects|users|robots|artifacts)/,
    ['a million values in a small gzip'],
    ['tags-immutable', 'admins-few'],
  ],
  [
    'a redirect to another host (row 13b)',
    harborDemo,
    /\/(?:projects|users|robots)/,
    ['a redirect to somebody else'],
    ['tags-immutable', 'admins-few'],
  ],
];

describe.each(rows)('%s', (_title, demo, path, kinds, ids) => {
  test.each(kinds)('answered by %s is unknown', async (kind) => {
    const honest = await honestly(demo);
    const attacked = await scanned(await demo(), at(path, kind));
    expect(passesWon(honest, attacked)).toEqual([]);
    const judged = attacked.findings.filter(({ check }) => ids.includes(check));
    expect(judged.some(({ verdict }) => verdict === 'unknown')).toBe(true);
    expect(attacked.crashes).toEqual([]);
    expect(JSON.stringify(attacked.findings)).not.toContain('attacker.invalid/list');
  });
});

test('ECR answered by an encoding that nobody offered is unknown (row 8)', async () => {
  const aim: Aim = ({ headers }) =>
    headers['x-amz-target'] === undefined ? undefined : attacks['an encoding nobody offered'];
  const attacked = await scanned(await ecrDemo(), aim);
  expect(attacked.crashes).toEqual([]);
  expect(passesWon(await honestly(ecrDemo), attacked)).toEqual([]);
  expect(attacked.findings.some(({ verdict }) => verdict === 'unknown')).toBe(true);
});
