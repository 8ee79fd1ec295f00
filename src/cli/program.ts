import { Command, type OutputConfiguration } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import type { Host, Output } from './host.ts';
import {
  addBaseline,
  addChecks,
  addCommon,
  addCustomChecks,
  addDocument,
  addExplain,
  addFailOn,
  addFix,
  addFrom,
  addJudging,
  addReporting,
  addSelection,
  addWaiver,
} from './options.ts';
import type { Work } from './run-command.ts';

/**
 * The tree of commands. `finish` gets the exit code of the command that ran. What a command needs is
 * loaded when it runs, so that `--help` and `--version` load nothing but this: at start-up, every file
 * counts.
 */
export function programOf(host: Host, finish: (code: number) => void): Command {
  const program = new Command(manifest.name);
  program
    .description('Audits container registries, and never passes what it could not read.')
    .version(manifest.version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput(outputTo(host));
  addCommon(program);
  program.addHelpText('after', epilogue);

  const run =
    (load: () => Promise<Work>) =>
    async (...given: unknown[]) => {
      const { runCommand } = await import('./run-command.ts');
      const command = given.at(-1) as Command;
      finish(await runCommand({ command, program, host }, load, given.slice(0, -2)));
    };
  const add = (usage: string, description: string, load: () => Promise<Work>, parent = program) =>
    parent.command(usage).description(description).action(run(load));

  const scan = add(
    'scan [target...]',
    'audit registries, such as ecr or ecr://ACCOUNT/REGION',
    async () => (await import('./commands/scan.ts')).scan,
  );
  addSelection(scan);
  addFrom(
    scan,
    'snapshot',
    'judge a snapshot instead of a registry, or several together; - is standard input',
  );
  addReporting(scan);
  addBaseline(scan);

  const collect = add(
    'collect [target...]',
    'read registries into a snapshot, to be judged later with scan --from',
    async () => (await import('./commands/collect.ts')).collect,
  );
  addSelection(collect);
  collect.option('-o, --output <file>', 'the snapshot; - is standard output');

  const diff = add(
    'diff <old> <new>',
    'what became of the findings of one snapshot or JSON report in another',
    async () => (await import('./commands/diff.ts')).diff,
  );
  addJudging(diff);
  addDocument(diff);
  addFailOn(diff);

  const compare = add(
    'compare [provider...]',
    'what registries offer, item by item, and with --from what is switched on',
    async () => (await import('./commands/compare.ts')).compare,
  );
  addFrom(
    compare,
    'file',
    'a snapshot, or several together, or a JSON report; - is standard input',
  );
  addJudging(compare);
  addDocument(compare);

  const list = program.command('list').description('list what there is');
  const lists = {
    checks: async () => (await import('./commands/list.ts')).listChecks,
    providers: async () => (await import('./commands/list.ts')).listProviders,
    frameworks: async () => (await import('./commands/list.ts')).listFrameworks,
  };
  for (const [what, load] of Object.entries(lists)) {
    const command = add(what, `list all ${what}`, load, list);
    command.option('-f, --format <format>', 'table or json (default: table)');
    if (what === 'checks') addCustomChecks(command);
  }

  const fix = add(
    'fix [target...]',
    'print commands that put failing findings right; runs none of them',
    async () => (await import('./commands/fix.ts')).fix,
  );
  addSelection(fix);
  addFix(fix);

  const explain = add(
    'explain <check>',
    'what a check wants, why, what it reads, and how to put it right; or a finding by its fingerprint',
    async () => (await import('./commands/explain.ts')).explain,
  );
  addExplain(explain);

  addChecks(
    add(
      'permissions <provider>',
      'the least a scan must be granted, ready to paste',
      async () => (await import('./commands/permissions.ts')).permissions,
    ),
  );

  const demo = add(
    'demo',
    'scan made-up registries on this machine: no credentials, no network',
    async () => (await import('./commands/demo.ts')).demo,
  );
  addChecks(demo);
  addReporting(demo);

  add(
    'init [file]',
    'write a configuration to start from (default: regaudit.yaml)',
    async () => (await import('./commands/init.ts')).init,
  );

  const waive = add(
    'waive <subject> <check>',
    'write a waiver into the configuration, such as for ecr://ACCOUNT/REGION/REPOSITORY',
    async () => (await import('./commands/waive.ts')).waive,
  );
  addWaiver(waive);

  add(
    'verify-checks <folder>',
    'hold custom checks to their examples',
    async () => (await import('./commands/verify-checks.ts')).verifyChecks,
  );

  const config = program.command('config').description('work with the configuration');
  add(
    'validate [file]',
    'check a configuration file',
    async () => (await import('./commands/config.ts')).validateConfig,
    config,
  );

  add(
    'completion <shell>',
    'a completion script for bash, zsh, fish or powershell',
    async () => (await import('./commands/completion.ts')).completion,
  );

  add(
    'version',
    'print the version',
    async () => (await import('./commands/version.ts')).version,
  ).option('--json', 'with all that a bug report needs');

  return program;
}

/** Where help goes. What is wrong with a command line is told by whoever runs the program. */
function outputTo({ stdout, stderr }: Pick<Host, 'stdout' | 'stderr'>): OutputConfiguration {
  const width = ({ isTTY, columns }: Output) => (isTTY === true && columns) || 80;
  return {
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    getOutHelpWidth: () => width(stdout),
    getErrHelpWidth: () => width(stderr),
    outputError: () => undefined,
  };
}

const epilogue = `
Every flag can also stand in the environment: --fail-on as REGAUDIT_FAIL_ON. Flags beat the
environment, which beats regaudit.yaml. REGAUDIT_NOW=2026-01-31T09:00:00Z stops the clock.

Exit codes: 0 all was read and nothing at or above --fail-on failed; 1 something did; 2 wrong usage
or configuration; 3 something could not be read; 4 nothing to audit; 70 a fault in regaudit;
130 and 143 interrupted.`;
