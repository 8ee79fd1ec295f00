import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder } from '../support/run-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the installed package, to be damaged. Out: its folder. */
function installation(): string {
  const folder = join(emptyFolder(), 'regaudit');
  mkdirSync(folder);
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly lines: readonly string[];
}

function run(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(folder, 'bin/regaudit.js'), ...args],
      {
        env: { PATH: process.env['PATH'], ...environment },
        timeout: 50_000,
        killSignal: 'SIGKILL',
      },
      (_, stdout, stderr) =>
        resolve({ code: child.exitCode, stdout, lines: stderr.trimEnd().split('\n') }),
    );
  });
}

const damages: Readonly<Record<string, (folder: string) => void>> = {
  'has not been built': (folder) => rmSync(join(folder, 'dist'), { recursive: true }),
  'has an empty file that starts': (folder) => truncateSync(join(folder, 'dist/main.js'), 0),
  'has a file that starts and is cut short': (folder) =>
    truncateSync(join(folder, 'dist/main.js'), 20_000),
  'has a file that starts and lost its last statements': (folder) => {
    const main = join(folder, 'dist/main.js');
    const text = readFileSync(main, 'utf8');
    const [lost = ''] =
      /\w+\(\w+\)\.then\([^;]*;\s*export const whole=true;[\s\S]*$/.exec(text) ?? [];
    expect(lost).not.toBe('');
    writeFileSync(main, text.slice(0, -lost.length));
  },
  'lost all that is loaded later': (folder) => {
    const kept = ['main.js', 'check.js'];
    for (const file of readdirSync(join(folder, 'dist'))) {
      if (!kept.includes(file)) rmSync(join(folder, 'dist', file), { recursive: true });
    }
  },
};

test.each(Object.entries(damages))(
  'an installation that %s says so in one line, and that it is a fault',
  async (_, damage) => {
    const folder = installation();
    damage(folder);
    const { code, stdout, lines } = await run(folder, ['list', 'checks']);
    expect(stdout).toBe('');
    expect(lines).toEqual([
      expect.stringMatching(
        /^error: regaudit is not installed whole \(.+\): install it again, or in a clone run npm run build$/,
      ),
    ]);
    expect(code).toBe(70);
  },
);

/** Makes every list fail that is written as JSON, in whatever is started. */
const preload = `data:text/javascript,${encodeURIComponent(`
  const { stringify } = JSON;
  JSON.stringify = (value, ...rest) => {
    if (Array.isArray(value)) throw new Error('made to fail');
    return stringify(value, ...rest);
  };
`)}`;
const failing = { NODE_OPTIONS: `--import=${preload}` };
const list = ['list', 'checks', '--format', 'json'];

test.each([
  ['--debug', [...list, '--debug'], failing],
  ['the environment', list, { ...failing, REGAUDIT_DEBUG: '1' }],
])(
  'a stack that %s asks for names lines of our sources, which are not there',
  async (_, args, environment) => {
    const folder = installation();
    expect(existsSync(join(folder, 'src'))).toBe(false);
    const { code, lines } = await run(folder, args, environment);
    expect(code).toBe(70);
    expect(lines[0]).toBe('error: a fault in regaudit, please report it: Error: made to fail');
    const [, file = '', line] =
      lines.map((frame) => /regaudit[\\/](src[^:]+\.ts):(\d+):\d+/.exec(frame)).find(Boolean) ?? [];
    const source = readFileSync(join(root, file), 'utf8').split('\n');
    expect(source[Number(line) - 1]).toContain('JSON.stringify(');
  },
);

test('without being asked for no stack is shown', async () => {
  const { code, lines } = await run(installation(), list, failing);
  expect(code).toBe(70);
  expect(lines).toEqual([
    'error: a fault in regaudit, please report it: Error: made to fail',
    'hint: --debug shows where it happened',
  ]);
});

test('the maps of what is built hold no source', () => {
  const files = readdirSync(join(root, 'dist')).filter((file) => file.endsWith('.map'));
  const maps = files.map((file) => JSON.parse(readFileSync(join(root, 'dist', file), 'utf8')));
  const sources: readonly string[] = maps.flatMap((map) => map.sources);
  expect(sources.filter((source) => source.startsWith('../src/')).length).toBeGreaterThan(100);
  for (const map of maps) expect(map).not.toHaveProperty('sourcesContent');
});
