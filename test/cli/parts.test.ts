import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fleet, fileOf, fleet, from } from '../support/aws/fleet.ts';

const shards = 4;
/** More where there is time: the outcome of each is held to the same. */
const cuts = Number(process.env['CUTS'] ?? 24);

let it: Fleet;
let files: readonly string[];
let whole: string;

beforeAll(async () => {
  it = await fleet();
  files = await it.collected('parts', shards);
  whole = (await it.report('--from', 'one.jsonl')).stdout;
});
afterAll(() => it.served.close());

const write = (file: string, text: string) => writeFileSync(join(it.cwd, file), text);
const registriesIn = (stdout: string): readonly { id: string; reachable: boolean }[] =>
  JSON.parse(stdout).registries;
const idsIn = (stdout: string) => registriesIn(stdout).map(({ id }) => id);
const withPlan = ['--plan', 'plan.json'];

/** The files with one in place of another. */
const instead = (index: number, file: string) =>
  files.map((one, at) => (at === index ? file : one));

describe('a shard that is missing', () => {
  test('is refused by its number, for nobody knows what was in it', async () => {
    const { code, stdout, stderr } = await it.report(...from(files.toSpliced(2, 1)));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('shard 2 of 4 is missing');
    expect((await it.report('--from', files[0] ?? '')).code).toBe(2);
    expect((await it.run('merge', ...files.slice(1), '-o', 'less.jsonl')).code).toBe(2);
  });

  test.each([0, 1, 2, 3])(
    '%d: is a line for each of its registries with the plan',
    async (index) => {
      const rest = files.toSpliced(index, 1);
      const { code, stdout } = await it.report(...from(rest), ...withPlan);
      expect(code).toBe(3);
      const planned = idsIn(whole).filter((id) => !id.startsWith('ecr://555555555555'));
      expect(idsIn(stdout)).toEqual(expect.arrayContaining(planned));
      expect(idsIn(stdout).filter((id) => id.startsWith('ecr://555555555555'))).toHaveLength(1);
      expect(stdout).toContain(`shard ${index} of 4 is missing`);
      expect((await it.run('merge', ...rest, ...withPlan, '-o', 'less.jsonl')).code).toBe(3);
      expect((await it.report('--from', 'less.jsonl')).stdout).toBe(stdout);
    },
  );

  test('may be an empty file', async () => {
    write('empty.jsonl', '');
    const named = from(instead(1, 'empty.jsonl'));
    expect((await it.report(...named)).code).toBe(2);
    const { code, stdout, stderr } = await it.report(...named, ...withPlan);
    expect(code).toBe(3);
    expect(stdout).toContain('shard 1 of 4 is missing');
    expect(stderr).toContain('empty.jsonl is empty');
    // One line for all that have one cause.
    expect(stderr).toMatch(/^error: \d+ registries could not be read: shard 1 of 4 is missing \(/m);
  });
});

describe('a shard that was cut', () => {
  test('anywhere, never leaves fewer registries with exit code 0', async () => {
    const text = it.text(files[0] ?? '');
    const codes = new Set<number | null>();
    for (let cut = 0; cut < cuts; cut += 1) {
      const at = Math.floor((text.length * (cut + 0.5)) / cuts);
      write('cut.jsonl', text.slice(0, at));
      const named = from(instead(0, 'cut.jsonl'));
      expect((await it.report(...named)).code, `cut at ${at}, without the plan`).toBe(2);
      const { code, stdout } = await it.report(...named, ...withPlan);
      codes.add(code);
      if (code === 2) continue;
      expect(code, `cut at ${at}`).toBe(3);
      const planned = idsIn(whole).filter((id) => !id.startsWith('ecr://555555555555'));
      expect(idsIn(stdout), `cut at ${at}`).toEqual(expect.arrayContaining(planned));
      // Whatever is read is what was written, and the rest is told.
      const read = registriesIn(stdout).filter(({ reachable }) => reachable);
      expect(read.length).toBeLessThanOrEqual(registriesIn(whole).length);
      if (stdout !== whole)
        expect(stdout).toMatch(/shard 0 of 4 (was cut short|is missing)|its part was cut short/);
    }
    expect(codes).toContain(3);
  });

  test('but for its last line feed is whole', async () => {
    write('cut.jsonl', it.text(files[0] ?? '').trimEnd());
    expect((await it.report(...from(instead(0, 'cut.jsonl')))).stdout).toBe(whole);
  });

  test('is as good as whole where a whole file of it is there as well', async () => {
    write('cut.jsonl', it.text(files[0] ?? '').slice(0, -300));
    const { stdout, stderr } = await it.report(...from(['cut.jsonl', ...files]));
    expect(stdout).toBe(whole);
    expect(stderr).toContain('cut.jsonl was cut short');
  });
});

describe('a registry that stands in several parts', () => {
  test('counts once where both are the same, without a word', async () => {
    for (const [index, file] of files.entries()) {
      copyFileSync(join(it.cwd, file), join(it.cwd, `double-${index}.jsonl`));
      const { stdout, stderr } = await it.report(...from([`double-${index}.jsonl`, ...files]));
      expect(stdout).toBe(whole);
      expect(stderr).not.toContain('warning');
    }
  });

  test('counts as it was read last, whatever the names of the files are', async () => {
    const later = it
      .text(files[0] ?? '')
      .replaceAll('2026-02-01T09:00:00.000Z', '2026-02-03T09:00:00.000Z');
    write('a.jsonl', later);
    write('z.jsonl', later);
    const first = await it.report(...from(['a.jsonl', ...files]));
    const last = await it.report(...from([...files, 'z.jsonl']));
    expect(first.stdout).toBe(last.stdout);
    expect(first.stdout).toContain('2026-02-03T09:00:00.000Z');
    expect(first.stderr).toMatch(
      /was read 2 times; the reading of 2026-02-03T09:00:00.000Z counts/,
    );
    expect(first.stderr).toMatch(/the readings are 48 hours apart/);
  });
});

describe('a folder', () => {
  test('stands for the snapshots in it, and for nothing else', async () => {
    expect((await it.report('--from', 'parts', ...withPlan)).stdout).toBe(whole);
    expect((await it.run('merge', 'parts', '-o', 'folder.jsonl')).code).toBe(3);
    expect((await it.report('--from', 'folder.jsonl')).stdout).toBe(whole);
    mkdirSync(join(it.cwd, 'nothing'));
    write('nothing/shard-00000-of-00001.0a.part', it.text(files[0] ?? ''));
    const nothing = await it.report('--from', 'nothing');
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('no *.jsonl') });
    const over = await it.report('--from', 'parts', '-o', files[0] ?? '');
    expect(over).toMatchObject({ code: 2, stderr: expect.stringContaining('overwritten') });
  });
});

describe('parts that do not belong together', () => {
  test('are refused, and both plans are named', async () => {
    const digest = JSON.parse(it.text('plan.json')).digest;
    write('other.jsonl', it.text(files[3] ?? '').replace(digest, 'f'.repeat(64)));
    const mixed = await it.report(...from(instead(3, 'other.jsonl')));
    expect(mixed).toMatchObject({ code: 2, stderr: expect.stringContaining('ffffffffffff') });
    const none = await it.report('--from', 'one.jsonl', ...withPlan);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('none of the files') });
    const two = [fileOf('two', 0, 2), ...files];
    await it.collect('two', '0/2');
    expect(await it.report(...from(two))).toMatchObject({ code: 2 });
    expect(await it.report('--from', '-', ...from(files.slice(1)))).toMatchObject({ code: 2 });
    expect(await it.report('ecr', ...withPlan)).toMatchObject({ code: 2 });
  });

  test('are told where they are of no plan, and a registry that nobody planned is kept', async () => {
    const strange = it.text('one.jsonl').replaceAll('ecr://111111111111/', 'ecr://999999999999/');
    write('strange.jsonl', strange);
    const { stdout, stderr } = await it.report(...from([...files, 'strange.jsonl']), ...withPlan);
    expect(idsIn(stdout)).toHaveLength(17);
    expect(stderr).toContain('strange.jsonl is no part of the plan, and read as well');
    expect(stderr).toContain('ecr://999999999999/eu-west-1 is not in the plan, and read as well');
  });

  test('cannot come through a pipe, since one of them alone would pass for all', async () => {
    const { runCli } = await import('../support/run-cli.ts');
    const { code, stderr } = await runCli(['scan', '--from', '-'], {
      stdin: it.text(files[0] ?? ''),
    });
    expect(code).toBe(2);
    expect(stderr).toContain('standard input is a part of a plan');
  });
});
