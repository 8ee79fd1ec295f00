import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { playground } from '../support/playground.ts';
import { runCli } from '../support/run-cli.ts';

const text = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');

/** The commands of regaudit in a document, line breaks joined, with the exit code that a comment promises. */
function commandsIn(markdown: string) {
  const blocks = [...markdown.matchAll(/^```\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.replace(/\\\n\s*/g, '').split('\n'));
  return lines
    .filter((line) => line.startsWith('regaudit '))
    .map((line) => {
      const [, command = '', comment = ''] = /^regaudit (.*?)(?:\s+#\s(.*))?$/.exec(line) ?? [];
      const words = command.match(/"[^"]*"|\S+/g) ?? [];
      const promised = /exit code (\d)/.exec(comment)?.[1];
      return {
        words: words.map((word) => word.replaceAll('"', '')),
        code: promised === undefined ? 0 : Number(promised),
      };
    });
}

test('the commands of the README lead from the first scan to a green gate with one waiver and one accepted unknown', async () => {
  const [, start = ''] = /\n## Try it\n(.*?)\n## /s.exec(text('README.md')) ?? [];
  const commands = commandsIn(start);
  expect(commands.map(({ words }) => words[0])).toEqual([
    'scan',
    'waive',
    'scan',
    'scan',
    'waive',
    'scan',
    'fix',
  ]);
  const demo = await playground();
  try {
    for (const { words, code } of commands) {
      const result = await runCli(words, demo);
      expect({ words, code: result.code }, result.stderr).toEqual({ words, code });
    }
    const gate = commands.findLast(({ words }) => words[0] === 'scan')?.words ?? [];
    const { summary, exitCode } = JSON.parse((await runCli([...gate, '-f', 'json'], demo)).stdout);
    expect({ exitCode, summary }).toMatchObject({
      exitCode: 0,
      summary: { waived: 1, accepted: 1 },
    });
    expect(summary.baselined).toBe(summary.fail - 1);
    expect(readFileSync(join(demo.cwd, 'fix.sh'), 'utf8')).toContain('==== ');
  } finally {
    await demo.end();
  }
}, 240_000);

test.each(['README.md', 'docs/adopting.md'])(
  'every command and flag in %s exists',
  async (file) => {
    for (const { words } of commandsIn(text(file))) {
      const flags = words.filter((word) => /^--?[a-z]/.test(word));
      const [command = ''] = words;
      const { stdout, code } = await runCli([command, '--help']);
      expect({ command, code }).toEqual({ command, code: 0 });
      for (const flag of flags)
        expect(stdout, `${command} ${flag}`).toContain(flag.replace(/=.*/, ''));
    }
  },
);
