import { Command, type OutputConfiguration } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { commandGroup, examplesOf } from './help-groups.ts';
import type { Host, Output } from './host.ts';
import {
  addBaseline,
  addChecks,
  addCommon,
  addConfig,
  addConnection,
  addCustomChecks,
  addDocument,
  addExplain,
  addFailOn,
  addFix,
  addFrom,
  addJudging,
  addPlan,
  addReporting,
  addReports,
  addSelection,
  addShard,
  addWaiver,
} from './options.ts';
import type { Work } from './run-command.ts';

/**
 * The tree of commands. `finish` receives the exit code of the command that ran. Each command loads its
 * code when it runs, so that `--help` and `--version` load this file alone: every file costs start-up time.
 */
export function programOf(host: Host, finish: (code: number) => void): Command {
  const program = new Command(manifest.name);
  program
    .description('Audits container registries; what it cannot read is unknown, never a pass.')
    .version(manifest.version, '--version', 'Print the version')
    .helpOption('-h, --help', 'Show help')
    .commandsGroup('Look up:')
    .helpCommand('help [command]', 'Show help for a command')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput(outputTo(host));
  addCommon(program);
  program.addHelpText('after', `${examplesOf('')}\n${epilogue}`);

  const run =
    (load: () => Promise<Work>) =>
    async (...given: unknown[]) => {
      const { runCommand } = await import('./run-command.ts');
      const command = given.at(-1) as Command;
      finish(await runCommand({ command, program, host }, load, given.slice(0, -2)));
    };
  const add = (usage: string, description: string, load: () => Promise<Work>, parent = program) => {
    const command = parent.command(usage).description(description).action(run(load));
    const group = parent === program ? commandGroup(command.name()) : undefined;
    if (group !== undefined) command.helpGroup(group);
    return command.addHelpText('after', examplesOf(command.name()));
  };

  const scan = add(
    'scan [target...]',
    'Scan registries, such as ecr or ecr://ACCOUNT/REGION',
    async () => (await import('./commands/scan.ts')).scan,
  );
  addSelection(scan);
  addFrom(
    scan,
    'snapshot',
    'Evaluate a snapshot, or all *.jsonl of a folder, instead of a live registry; repeat to join several; - is standard input',
  );
  addPlan(scan, 'The plan that the snapshots of --from are parts of: what is missing is told');
  addReporting(scan);
  addBaseline(scan);
  scan.option('--dry-run', 'Print hosts, API calls and permissions of the scan, and call nothing');

  const collect = add(
    'collect [target...]',
    'Read registries into a snapshot, for scan --from',
    async () => (await import('./commands/collect.ts')).collect,
  );
  addSelection(collect);
  collect.option('-o, --output <file>', 'Write the snapshot to a file; - is standard output');
  addPlan(collect, 'Read one shard of this plan into the folder of --output');
  addShard(collect);

  const plan = add(
    'plan [target...]',
    'List owners and registries for a scan by several machines, and say what it costs',
    async () => (await import('./commands/plan.ts')).plan,
  );
  addSelection(plan);
  addFrom(plan, 'snapshot', 'Take the calls of each registry from an earlier snapshot');
  plan.option('--exit-zero', 'Exit with 0 although something could not be listed');
  plan.option('--shards <number>', 'Say what each of so many shards would read');
  plan.option('-o, --output <file>', 'Write the plan to a file; - is standard output');

  const merge = add(
    'merge <files...>',
    'Join the snapshots of all shards into one',
    async () => (await import('./commands/merge.ts')).merge,
  );
  addPlan(merge, 'The plan that the files are parts of: what is missing is told');
  merge.option('-o, --output <file>', 'Write the snapshot to a file; - is standard output');

  const doctor = add(
    'doctor [target...]',
    'Try each API call of a scan once: what is allowed, as whom, and which permissions are missing',
    async () => (await import('./commands/doctor.ts')).doctor,
  );
  addSelection(doctor);

  const verify = add(
    'verify <image...>',
    'Verify the signatures of images by expect.signers, such as before a deployment',
    async () => (await import('./commands/verify.ts')).verify,
  );
  addConfig(verify);
  addConnection(verify);
  addReports(verify);

  const diff = add(
    'diff <old> <new>',
    'Compare the findings of two snapshots or reports',
    async () => (await import('./commands/diff.ts')).diff,
  );
  addJudging(diff);
  addDocument(diff);
  addFailOn(diff);

  const compare = add(
    'compare [provider...]',
    'Compare what registries offer; with --from, what is switched on',
    async () => (await import('./commands/compare.ts')).compare,
  );
  addFrom(
    compare,
    'file',
    'A snapshot (repeat to join several) or a JSON report; - is standard input',
  );
  addJudging(compare);
  addDocument(compare);

  const list = program
    .command('list')
    .description('List checks, providers and frameworks')
    .helpGroup('Look up:');
  const lists = {
    checks: async () => (await import('./commands/list.ts')).listChecks,
    providers: async () => (await import('./commands/list.ts')).listProviders,
    frameworks: async () => (await import('./commands/list.ts')).listFrameworks,
  };
  for (const [what, load] of Object.entries(lists)) {
    const command = add(what, `List all ${what}`, load, list);
    command.option('-f, --format <format>', 'Output format: table or json (default: table)');
    if (what === 'checks') addCustomChecks(command);
  }

  const fix = add(
    'fix [target...]',
    'Print commands that fix failing findings; runs none of them',
    async () => (await import('./commands/fix.ts')).fix,
  );
  addSelection(fix);
  addFix(fix);

  const explain = add(
    'explain <check>',
    'Explain a check and how to fix it; or, with --from, a finding by its fingerprint',
    async () => (await import('./commands/explain.ts')).explain,
  );
  addExplain(explain);

  addJudging(
    add(
      'permissions <provider>',
      'Print the least-privilege policy for a scan',
      async () => (await import('./commands/permissions.ts')).permissions,
    ),
  );

  const demo = add(
    'demo',
    'Scan demo registries on this machine: no credentials, no network',
    async () => (await import('./commands/demo.ts')).demo,
  );
  addChecks(demo);
  demo.option(
    '--serve',
    'Keep the demo registries up and write a configuration, to try every command',
  );
  addReporting(demo);

  add(
    'init [targets...]',
    'Write regaudit.yaml (or the FILE.yaml named) with these registries, or those found here',
    async () => (await import('./commands/init.ts')).init,
  );

  const waive = add(
    'waive <subject> <check>',
    'Add a waiver to the configuration, such as for ecr://ACCOUNT/REGION/REPOSITORY',
    async () => (await import('./commands/waive.ts')).waive,
  );
  addWaiver(waive);

  add(
    'verify-checks <folder>',
    'Test custom checks against their examples',
    async () => (await import('./commands/verify-checks.ts')).verifyChecks,
  );

  const config = program
    .command('config')
    .description('Validate the configuration file')
    .helpGroup('Set up:');
  add(
    'validate [file]',
    'Validate a configuration file',
    async () => (await import('./commands/config.ts')).validateConfig,
    config,
  );

  add(
    'completion <shell>',
    'Print a completion script for bash, zsh, fish or powershell',
    async () => (await import('./commands/completion.ts')).completion,
  );

  add(
    'version',
    'Print the version',
    async () => (await import('./commands/version.ts')).version,
  ).option('--json', 'Print everything that a bug report needs, as JSON');

  return program;
}

/** Writes help to the host's streams. `run.ts` reports usage errors, so commander prints none. */
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
Every flag can also be set in the environment: --fail-on as REGAUDIT_FAIL_ON. Flags override the
environment, which overrides regaudit.yaml. REGAUDIT_NOW=2026-01-31T09:00:00Z fixes the clock.

Exit codes: 0 nothing at or above --fail-on fails or is unknown; 1 something at or above it fails;
2 wrong usage or configuration; 3 something at or above it is unknown; 4 nothing to audit;
70 a bug in regaudit; 130 and 143 interrupted.`;
