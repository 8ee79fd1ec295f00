import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveEstate } from '../../src/demo/aws/serve-estate.ts';
import { reporters } from '../../src/reporters/reporters.ts';
import { emptyFolder, runCli } from '../support/run-cli.ts';
import { runProcess } from '../support/run-process.ts';
import { snapshotOf, twoRepositories } from './sample.ts';

const valid = new Ajv({ strict: false, discriminator: true }).compile(
  JSON.parse(readFileSync('src/schema/report.schema.json', 'utf8')),
);
const estate = JSON.parse(readFileSync('fixtures/ecr/demo/estate.json', 'utf8'));
let served: Awaited<ReturnType<typeof serveEstate>>;

beforeAll(async () => {
  served = await serveEstate(estate);
});
afterAll(() => served.close());

/** A folder whose configuration has these registries, all of them served here. */
function project(...entries: readonly Readonly<Record<string, unknown>>[]): string {
  const cwd = emptyFolder();
  const registries = entries.map((entry) => ({ ...entry, endpoint: served.endpoint }));
  writeFileSync(join(cwd, 'regaudit.yaml'), JSON.stringify({ registries }));
  return cwd;
}

/** A configuration that is found sends credentials to the vendor's own hosts alone. */
const named = ['-c', 'regaudit.yaml'];

const verdicts = (stdout: string) =>
  JSON.parse(stdout).findings.map(
    ({ check, subject, verdict, message }: Record<string, string>) =>
      `${verdict} ${check} ${subject} ${message}`,
  );

describe('against servers on this machine', () => {
  test('a snapshot that was collected is judged as the registry itself', async () => {
    const cwd = project({ target: 'ecr', region: 'eu-west-1' });
    const scanned = await runCli(['scan', ...named, '-f', 'json'], { cwd });
    const collected = await runCli(['collect', ...named, '-o', 'all.jsonl'], { cwd });
    expect(collected.stdout).toBe('');
    expect(collected.stderr).toMatch(
      /^registries 2, repositories \d+; exit code 3: \d+ facts are unknown\n$/,
    );
    const judged = await runCli(['scan', '--from', 'all.jsonl', '-f', 'json'], { cwd });
    expect(judged.code).toBe(scanned.code);
    expect(verdicts(judged.stdout)).toEqual(verdicts(scanned.stdout));
    expect(verdicts(judged.stdout).length).toBeGreaterThan(100);
  });

  test('collect writes to standard output too', async () => {
    const cwd = project({ target: 'ecr', region: 'eu-west-1' });
    const args = ['collect', ...named, 'ecr', '-o', '-', '--check', 'tags-immutable'];
    const { code, stdout } = await runCli(args, { cwd });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'close', registries: 1 });
  });

  test('a target of the configuration brings its options along', async () => {
    const cwd = project({ target: 'ecr', region: 'us-east-1', public: false });
    const { stdout } = await runCli(['scan', ...named, 'ecr', '-f', 'json'], { cwd });
    const ids = JSON.parse(stdout).registries.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([`ecr://${estate.account}/us-east-1`]);
  });

  test('one registry named twice is read once', async () => {
    const id = `ecr://${estate.account}/us-east-1`;
    const cwd = project({ target: id }, { target: `${id}/` });
    const { stdout, stderr } = await runCli(
      ['scan', ...named, '-f', 'json', '-v', '--check', 'tags-immutable'],
      { cwd },
    );
    expect(JSON.parse(stdout).registries).toHaveLength(1);
    expect(stderr).toContain(`${id} is given twice and read once`);
  });
});

describe('demo', () => {
  test('shows every verdict as its schema promises in any number of reports, needs nothing and exits with 0', async () => {
    const reports = Object.keys(reporters).flatMap((format) => ['--report', `${format}=${format}`]);
    const { code, stdout, stderr, left } = await runProcess(['demo', '-f', 'json', ...reports], {
      env: {
        AWS_PROFILE: 'mine',
        AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:1',
        REGAUDIT_CONFIG: 'nowhere',
      },
    });
    expect(code).toBe(0);
    expect(left).toEqual([]);
    expect(stderr).toMatch(/^exit code 0: [^\n]*; exit code 1 in a scan of your own\n$/);
    const report = JSON.parse(stdout);
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true);
    const { summary } = report;
    for (const verdict of ['pass', 'fail', 'unknown', 'notApplicable']) {
      expect(summary[verdict], verdict).toBeGreaterThan(0);
    }
  });
});

const scanInput = ['scan', '--from', '-', '--check', 'tags-immutable', '-f', 'json'];

describe('interrupted', () => {
  const started = snapshotOf(twoRepositories).then((text) =>
    text.split('\n').slice(0, 4).join('\n').concat('\n'),
  );

  test.concurrent.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s reports what is known, marked incomplete', async (name, exitCode) => {
    const { code, stdout, stderr, left } = await runProcess([...scanInput, '-vv'], {
      stdin: { open: await started },
      signal: { name, once: 'reading' },
    });
    expect({ code, left }).toEqual({ code: exitCode, left: [] });
    expect(JSON.parse(stdout)).toMatchObject({
      complete: false,
      interrupted: true,
      exitCode,
      registries: [{ repositories: { count: 1, complete: false } }],
    });
    expect(stderr).toContain('interrupted: reporting results so far');
  });

  test.concurrent('the time limit is reached', async () => {
    const { code, stdout } = await runCli([...scanInput, '--timeout', '1', '--fail-on', 'none'], {
      stdin: { open: await started },
    });
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      complete: false,
      interrupted: true,
      reason: 'the time limit was reached before everything was read',
    });
  });
});
