import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SnapshotLine } from '../../src/model/snapshot.ts';
import { begin, end, lock, registry, repository, snapshotOf } from '../cli/sample.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';

/* Files that somebody else wrote or changed. */

async function scan(
  lines: (text: string) => string,
  readings: readonly SnapshotLine[] = estate(),
  config = '{}',
  env: Readonly<Record<string, string>> = {},
) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'x.jsonl'), lines(await snapshotOf(readings)));
  writeFileSync(join(cwd, 'c.yaml'), config);
  return runCli(
    ['scan', '--from', 'x.jsonl', '-c', 'c.yaml', '--check', 'tags-immutable', '-f', 'json'],
    { cwd, env },
  );
}

const estate = (takenAt?: string): SnapshotLine[] => [
  begin({}, takenAt),
  repository('shop', { tagLock: lock('none') }),
  repository('other', { tagLock: lock('all') }),
  end(2),
];

describe('a snapshot that was changed by hand (row 6)', () => {
  const line = /^.*"name":"shop".*\n/m;
  const clean = (text: string) => text.replace('"mode":"none"', '"mode":"all"');

  test.each<[string, (text: string) => string, string]>([
    [
      'a repository twice, the second one clean',
      (text) =>
        text.replace(line, (one) => one + one).replace(/("repositories":)2(?=[^}]*}\s*$)/, '$13'),
      'stands here twice',
    ],
    ['a repository less', (text) => text.replace(line, ''), 'should hold'],
    [
      'a registry twice',
      (text) => text.replace(/^.*"kind":"registry".*\n/m, (one) => one + one),
      'stands here twice',
    ],
    ['no end', (text) => text.replace(/^.*"kind":"close".*\n?/m, ''), 'was cut short'],
    ['lines behind its end', (text) => `${text}{"kind":"repository"}\n`, 'nothing may follow'],
    ['half a line at its end', (text) => text.slice(0, -20), 'cut short'],
  ])('with %s is refused', async (_, change, why) => {
    const { code, stdout, stderr } = await scan(change);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(why);
  });

  test('whose dates are none is unknown in what rests on them', async () => {
    const credentials = {
      state: 'known',
      value: [{ kind: 'robot', name: 'r', ends: 'soon', can: ['push'], scope: 'all' }],
      from: { operation: 'ListRobot' },
    } as const;
    const cwd = emptyFolder();
    const readings = [begin({ credentials }), end(0)];
    writeFileSync(join(cwd, 'x.jsonl'), await snapshotOf(readings));
    const { code, stderr } = await runCli(['scan', '--from', 'x.jsonl', '--fail-on', 'low'], {
      cwd,
    });
    expect([2, 3]).toContain(code);
    expect(stderr).not.toContain('please report it');
  });

  test('is believed in what it says, which nothing can prove', async () => {
    expect((await scan(clean)).code).toBe(0);
  });
});

describe('a waiver (row 7)', () => {
  const waiver = `waivers: [{check: tags-immutable, registry: '${registry}', repository: shop, reason: r, owner: o, expires: 2026-11-15}]`;
  const clock = (now: string) => ({ REGAUDIT_NOW: now });

  test.each([
    ['holds while both clocks say so', '2026-11-02T09:00:00Z', '2026-11-10T09:00:00Z', 0],
    [
      'ends by the clock, whatever the snapshot says',
      '2026-11-02T09:00:00Z',
      '2026-11-16T00:00:00Z',
      1,
    ],
    [
      'ends by the snapshot, whatever the clock says',
      '2026-11-16T09:00:00Z',
      '2026-11-10T09:00:00Z',
      1,
    ],
    [
      'is not prolonged by a snapshot of long ago',
      '2001-01-01T00:00:00Z',
      '2026-11-16T00:00:00Z',
      1,
    ],
  ])('%s', async (_, takenAt, now, code) => {
    const scanned = await scan((text) => text, estate(takenAt), waiver, clock(now));
    expect(scanned.code).toBe(code);
    const { policy } = JSON.parse(scanned.stdout);
    const kinds = policy.notices.map(({ kind }: { kind: string }) => kind);
    expect(kinds.includes('expired')).toBe(code === 1);
  });
});

test.each(['[null]', '[1]', '[[]]', '[{}]', '[{target: null}]', '{}'])(
  'registries: %s is refused where it stands',
  async (registries) => {
    const { code, stderr } = await scan((text) => text, estate(), `registries: ${registries}\n`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/c\.yaml:1:\d+: registries/);
  },
);

describe('a configuration of many faults (row 17)', () => {
  test.each([
    ['waivers that are none', (index: number) => ({ check: `no-${index}`, expires: 7 })],
    [
      'waivers of unknown checks',
      (index: number) => ({ check: `x${index}`, reason: 'r', owner: 'o', expires: '2026-12-24' }),
    ],
    [
      'the same waiver',
      () => ({ check: 'tags-immutable', reason: 'r', owner: 'o', expires: '2026-12-24' }),
    ],
  ])('%s, eight thousand times, is refused in linear work', async (_, entry) => {
    const waivers = Array.from({ length: 8000 }, (_none, index) => entry(index));
    const used = process.cpuUsage();
    const { code } = await scan((text) => text, estate(), JSON.stringify({ waivers }), {
      REGAUDIT_NOW: '2026-12-01T00:00:00Z',
    });
    const { user } = process.cpuUsage(used);
    expect(code).toBe(2);
    // Quadratic work took more than a minute; this is processor time and far above what linear work takes.
    expect(user / 1_000_000).toBeLessThan(30);
  });
});
