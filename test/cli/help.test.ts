import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { programOf } from '../../src/cli/program.ts';
import { runCli, worldOf } from '../support/run-cli.ts';

/** Every command that does something, by the words that call it. */
function commandsOf(
  command: Command,
  words: readonly string[] = [],
): readonly (readonly string[])[] {
  const inner = command.commands.filter((one) => one.name() !== 'help');
  if (inner.length === 0) return [words];
  return inner.flatMap((one) => commandsOf(one, [...words, one.name()]));
}

const program = programOf(worldOf([]).host, () => undefined);
const commands = commandsOf(program);

/** The options that a help names. */
const optionsIn = (help: string) => new Set(help.match(/(?<=[\s,])--?[a-z][a-z-]*/g) ?? []);

describe.each(commands.map((words) => [words.join(' '), words] as const))(
  '%s --help',
  (_, words) => {
    test('has examples, which use options that it names', async () => {
      const { stdout } = await runCli([...words, '--help']);
      const [help = '', shown = ''] = stdout.split('\nExamples:\n');
      const examples = shown.trimEnd().split('\n');
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(example).toMatch(new RegExp(`^  regaudit ${words.join(' ')}\\b`));
        const used = [...optionsIn(example.replace(/"[^"]*"/g, ''))];
        expect(
          used.filter((option) => !optionsIn(help).has(option)),
          example,
        ).toEqual([]);
      }
    });
  },
);

test('the commands and the options of scan stand in groups', async () => {
  const { stdout } = await runCli(['--help']);
  const headings = (text: string) => text.match(/^[A-Z][^\n]*:$/gm);
  expect(headings(stdout)).toEqual([
    'Options:',
    'Audit registries:',
    'Set up:',
    'Look up:',
    'Act on findings:',
    'Examples:',
  ]);
  const scan = (await runCli(['scan', '--help'])).stdout;
  for (const heading of [
    'What is scanned:',
    'Checks:',
    'Output:',
    'Gate (exit code):',
    'Connection:',
  ])
    expect(headings(scan)).toContain(heading);
});
