import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';

/**
 * Runs Microsoft's validator with GitHub's rules over SARIF files.
 * `tsx test/live/sarif-multitool.ts FOLDER FILE…`; FOLDER is where `npm install --prefix FOLDER
 * @microsoft/sarif-multitool` put it. Exit code 1 when it finds an error or a warning, or crashes.
 */
const binary = 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool';
const config = fileURLToPath(new URL('../support/sarif-multitool.xml', import.meta.url));

function main([folder, ...files]: readonly string[]): number {
  if (folder === undefined || files.length === 0) {
    process.stderr.write('usage: sarif-multitool.ts FOLDER FILE…\n');
    return 2;
  }
  const tool = join(folder, binary);
  // npm may not run the package's own script, which does no more than this.
  chmodSync(tool, 0o755);
  const complaints = files.flatMap((file) =>
    validate(tool, file).map((complaint) => `${file}: ${complaint}`),
  );
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  process.stdout.write(`${files.length} SARIF files, ${complaints.length} complaints\n`);
  return complaints.length === 0 ? 0 : 1;
}

/** The tool's exit code is 0 even with errors, so its own log is read instead. */
function validate(tool: string, file: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sarif-'));
  const output = join(folder, 'out.sarif');
  const rules = ['--rule-kind', 'Sarif;Ghas', '-c', config, '--level', 'Error;Warning;Note'];
  const options = ['--output', output, '--log', 'ForceOverwrite'];
  try {
    const { status, stdout } = spawnSync(tool, ['validate', file, ...rules, ...options], {
      encoding: 'utf8',
      // A note for each result: more than the megabyte that Node takes by default.
      maxBuffer: 256 * 1024 * 1024,
    });
    if (status !== 0) return [`the validator failed (${status})\n${stdout}`];
    return complaintsIn(JSON.parse(readFileSync(output, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function complaintsIn({ runs }: Log): string[] {
  if (runs.length === 0) return ['the validator wrote no run'];
  return runs.flatMap(({ results, invocations = [] }) => [
    ...(results ?? [])
      .filter(({ level = 'warning' }) => level === 'error' || level === 'warning')
      .map(({ ruleId, message, locations }) => {
        const line = locations?.[0]?.physicalLocation?.region?.startLine ?? 0;
        return `line ${line}: ${ruleId}: ${message.text ?? message.arguments?.join(', ')}`;
      }),
    ...invocations
      .filter(({ executionSuccessful }) => !executionSuccessful)
      .map(() => 'the validator did not finish'),
  ]);
}

process.exitCode = main(process.argv.slice(2));
