import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServedDemo } from '../../src/demo/demo.ts';
import { demos } from '../../src/demo/demos.ts';
import { type Format, reporters } from '../../src/reporters/reporters.ts';
import { type CliResult, emptyFolder, runCli } from '../support/run-cli.ts';

const formats = Object.keys(reporters) as Format[];
/** What AWS's client is signed in with, see `vitest.config.ts`. */
const canaries = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map((name) => [
  name,
  process.env[name] ?? '',
]);

const cwd = emptyFolder();
let served: readonly ServedDemo[] = [];
let env: Readonly<Record<string, string>> = {};
const results: CliResult[] = [];

const everyFormat = (name: string) =>
  formats.flatMap((format) => ['--report', `${format}=${name}.${format}`]);
const text = (file: string) => readFileSync(join(cwd, file), 'utf8');

beforeAll(async () => {
  served = await Promise.all(demos.map((serve) => serve()));
  env = Object.assign(
    {},
    ...served.map(({ environment }) => environment),
    Object.fromEntries(canaries),
  );
  const registries = served.flatMap(({ entries }) => entries);
  writeFileSync(join(cwd, 'regaudit.yaml'), JSON.stringify({ registries }));
  const options = { cwd, env };
  results.push(
    await runCli(['scan', '-c', 'regaudit.yaml', '-vv', ...everyFormat('live')], options),
  );
  results.push(await runCli(['collect', '-c', 'regaudit.yaml', '-vv', '-o', 'all.jsonl'], options));
  results.push(
    await runCli(['scan', '-vv', '--from', 'all.jsonl', ...everyFormat('again')], { cwd }),
  );
});
afterAll(() => Promise.all(served.map(({ close }) => close())));

/** Without the times, and the calls that only a live scan makes. */
function timeless(report: string): string {
  return report
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, 'TIME')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'TIME')
    .replace(/, with \d+ API calls, all read-only/, '')
    .replace(/^(regaudit_\w+_seconds(?:\{.*\})?) [\d.]+$/gm, '$1 TIME')
    .replace(/^(?:# \w+ )?regaudit_registry_api_calls.*\n/gm, '')
    .replace(/("time":)\d+/g, '$1TIME')
    .replace(/("calls": )(?:\d+|null)/g, '$1CALLS')
    .replace(/(?:, \d+ API calls)?, \d+ s\n/, '\n');
}

test.each(formats)(
  'a snapshot gives the %s report of the live scan, but for its times',
  (format) => {
    const [live, again] = [text(`live.${format}`), text(`again.${format}`)];
    expect(live.length).toBeGreaterThan(500);
    expect(timeless(again)).toBe(timeless(live));
  },
);

test('a snapshot gives the exit code and the table of the live scan', () => {
  const [scanned, collected, judged] = results;
  expect(judged?.code).toBe(scanned?.code);
  expect(collected?.code).toBe(3);
  expect(timeless(judged?.stdout ?? '')).toBe(timeless(scanned?.stdout ?? ''));
});

/** The shapes of credentials; an access key's id is a name and none. */
const shapes = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}/,
  /\bgh[opsur]_\w{20,}/,
  /\bgithub_pat_\w{20,}/,
  /\bglpat-[\w-]{20,}/,
  /\bdckr_(?:pat|oat)_[\w-]{20,}/,
  /\bya29\.[\w-]{20,}/,
  /\bAWS4-HMAC-SHA256\b/,
  /\b(?:Bearer|Basic)\s+[\w+/=.-]{16,}/,
  /:\/\/[^/\s"@:]+:[^/\s"@]+@/,
];

test('snapshots, reports and notes hold no secret', () => {
  const secrets = Object.entries(env)
    .filter(([name, value]) => /secret|token|password|key$/i.test(name) && value.length >= 8)
    .map(([, value]) => value);
  expect(secrets).toEqual(expect.arrayContaining(canaries.map(([, value]) => value)));
  expect(secrets.join()).toMatch(/canary\/.*canary-session/);
  const files = ['all.jsonl', ...formats.map((format) => `live.${format}`)];
  const written = [
    ...files.map(text),
    ...results.flatMap(({ stdout, stderr }) => [stdout, stderr]),
  ];
  expect(written.join('').length).toBeGreaterThan(100_000);
  for (const one of written) {
    for (const secret of secrets) expect(one.includes(secret)).toBe(false);
    for (const shape of shapes) expect(one).not.toMatch(shape);
  }
});
