import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { reporters } from '../../../src/reporters/reporters.ts';
import { emptyFolder, runCli } from '../../support/run-cli.ts';

/** All that comes out of a scan of one entry: every format, the snapshot, the log at its loudest, both streams.
 * `between`: called before it is read once more, by a run that knows nothing of the first. */
export async function everythingOf(
  entry: object,
  env: Readonly<Record<string, string>>,
  between: () => void = () => undefined,
): Promise<{ readonly text: string; readonly answered: boolean }> {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'c.yaml'), JSON.stringify({ registries: [entry] }));
  const loud = ['-c', 'c.yaml', '-vv', '--debug'];
  const reports = Object.keys(reporters).flatMap((format) => [
    '--report',
    `${format}=out.${format}`,
  ]);
  const scan = await runCli(['scan', ...loud, '-f', 'table', ...reports], { cwd, env });
  between();
  const collect = await runCli(['collect', ...loud, '-o', 'out.jsonl'], { cwd, env });
  expect([0, 1, 3, 4]).toContain(scan.code);
  expect(scan.stderr).not.toContain('a fault in regaudit');
  const files = readdirSync(cwd).filter((name) => name.startsWith('out.'));
  expect(files).toHaveLength(Object.keys(reporters).length + 1);
  const texts = files.map((name) => readFileSync(join(cwd, name), 'utf8'));
  const all = [scan.stdout, scan.stderr, collect.stdout, collect.stderr, ...texts].join('\n');
  return { text: all, answered: all.includes('***') };
}
