import { type Command, Option } from 'commander';
import { optionGroup } from './help-groups.ts';

/*
 * `settings.ts` validates values when a command runs: flags, environment and configuration share their
 * messages, and `--help` does not load the validation.
 */

const severityNames = 'critical, high, medium, low or none';

function add(command: Command, flags: string, description: string): void {
  command.addOption(grouped(flags, description));
}

function grouped(flags: string, description: string): Option {
  const group = optionGroup(flags);
  const option = new Option(flags, description);
  return group === undefined ? option : option.helpGroup(group);
}

/** A flag that may be repeated, or given once with commas. */
function addList(command: Command, flags: string, description: string): void {
  const option = grouped(flags, description).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), ...parts(value)],
  );
  command.addOption(option);
}

/** Files to read instead of registries. File names may contain commas, so each takes a flag. */
export function addFrom(command: Command, what: string, description: string): void {
  const option = grouped(`--from <${what}>`, description).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  );
  command.addOption(option);
}

/** `a, b` → `['a', 'b']` */
function parts(value: string): string[] {
  return value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

/** Flags that every command takes. */
export function addCommon(program: Command): void {
  add(program, '-q, --quiet', 'Print only errors to stderr');
  program.addOption(
    new Option(
      '-v, --verbose',
      'Print more, and list every finding; -vv prints each call',
    ).argParser((_: unknown, before: number | undefined) => (before ?? 0) + 1),
  );
  add(program, '--color <when>', 'Colour: auto, always or never (default: auto)');
  add(program, '--no-color', 'Same as --color never');
  add(program, '--no-progress', 'Show no progress');
  add(program, '--debug', 'Show stack traces');
}

/** Targets, limits and checks. */
export function addSelection(command: Command): void {
  addJudging(command);
  addList(
    command,
    '--include <pattern>',
    'Scan only repositories with these names; * matches any text',
  );
  addList(command, '--exclude <pattern>', 'Skip repositories with these names');
  add(command, '--probe', 'Also look at registries without credentials, as a stranger does');
  addConnection(command);
}

/** The plan of a scan by several machines. */
export function addPlan(command: Command, description: string): void {
  add(command, '--plan <file>', description);
}

/** Which part of a plan, and what of it was read before. */
export function addShard(command: Command): void {
  add(
    command,
    '--shard <i/n>',
    'Which shard of how many, from 0, such as 3/16; auto: by the engine',
  );
  add(command, '--resume', 'Keep what an earlier run of this shard has read');
  add(command, '--resume-max-age <hours>', 'Read again what is older (default: 24)');
}

/** How registries are reached, and for how long. */
export function addConnection(command: Command): void {
  add(
    command,
    '--concurrency <calls>',
    'Maximum concurrent API calls per registry (default: 10, ECR 25)',
  );
  add(
    command,
    '--concurrency-total <calls>',
    'Maximum concurrent API calls of all registries (default: 64)',
  );
  add(command, '--max-calls <calls>', 'Stop after so many API calls; the rest is unknown');
  add(command, '--ca-file <file>', "Trust these PEM certificates in addition to the system's");
  add(command, '--client-cert <file>', 'Certificate (PEM) for registries that require one');
  add(command, '--client-key <file>', 'Private key (PEM) of --client-cert');
  add(command, '--timeout <seconds>', 'Time limit in seconds; reports what was read by then');
  add(command, '--redact', 'Replace identities, hosts and addresses by pseudonyms, for sharing');
  add(
    command,
    '--registry-timeout <seconds>',
    'Time limit for each registry; the rest of it is unknown, other registries continue',
  );
}

/** The configuration. */
export function addConfig(command: Command): void {
  add(
    command,
    '-c, --config <file>',
    'Configuration file (default: regaudit.yaml in this folder or above)',
  );
  add(command, '--no-config', 'Read no configuration');
}

/** Configuration and checks, also for snapshots. */
export function addJudging(command: Command): void {
  addConfig(command);
  addChecks(command);
}

/** Flags of commands that write one document: format and file. */
export function addDocument(command: Command): void {
  add(command, '-f, --format <format>', 'Output format: table, markdown or json (default: table)');
  add(command, '-o, --output <file>', 'Write it to a file');
}

/** The threshold of the exit code. */
export function addFailOn(command: Command): void {
  add(
    command,
    '--fail-on <severity>',
    `Lowest severity that fails the scan (exit code 1): ${severityNames} (default: high)`,
  );
}

export function addChecks(command: Command): void {
  add(command, '--profile <profile>', 'Checks to run: baseline, recommended (default) or strict');
  addList(command, '--check <id>', 'Run only these checks; see regaudit list checks');
  addList(command, '--skip-check <id>', 'Skip these checks');
  addCustomChecks(command);
}

/** Custom checks, in code as well: whoever types the command line trusts what it names. */
export function addCustomChecks(command: Command): void {
  addList(command, '--checks-dir <folder>', 'Also run the custom checks of this folder');
  addList(command, '--plugin <file>', 'Also run the custom checks of this module');
}

/** Known failures. */
export function addBaseline(command: Command): void {
  add(command, '--baseline <file>', 'Fail only on findings that are not in this baseline');
  add(
    command,
    '--write-baseline <file>',
    'Write the current failures and inconclusive unknowns to a baseline',
  );
}

/** Reports and exit code. */
export function addReporting(command: Command): void {
  addReports(command);
  add(
    command,
    '--sarif-include-suppressed',
    'SARIF: include findings that are waived, in the baseline or accepted',
  );
  add(
    command,
    '--compliance <framework>',
    'Table and Markdown: group checks by the controls of a framework, such as nist-800-190',
  );
  addList(command, '--only <verdict>', 'List only these findings, such as fail,unknown');
  add(
    command,
    '--compare-with <file>',
    'HTML: show what changed since this JSON report or snapshot',
  );
  addFailOn(command);
  add(command, '--strict', 'Findings to check by hand fail the scan too (exit code 3)');
  add(command, '--exit-zero', 'Exit with 0 whatever was found or is unknown');
}

/** Formats and files of reports. */
export function addReports(command: Command): void {
  add(
    command,
    '--details',
    'Table: list every failure, unknown and step by hand; -v shortens nothing',
  );
  add(
    command,
    '-f, --format <format>',
    'Report format: table, json, sarif, markdown, junit, csv, ocsf, openmetrics, gitlab-codequality, github or html (default: table)',
  );
  add(command, '-o, --output <file>', 'Write the report to a file');
  addList(command, '--report <format=file>', 'Write another report, such as sarif=regaudit.sarif');
}

/** The fields of a waiver. */
export function addWaiver(command: Command): void {
  add(command, '--unknown', 'Accept an unknown instead of waiving a failure; needs --owner');
  add(command, '--reason <text>', 'Why the risk is accepted; required');
  add(command, '--expires <day>', 'Last day of the waiver, such as 2027-01-31; required');
  add(command, '--owner <name>', 'Who is responsible');
  add(command, '--ticket <id>', 'Ticket that tracks it');
  add(
    command,
    '-c, --config <file>',
    'Configuration file (default: regaudit.yaml in this folder or above)',
  );
}

/** Flags of `regaudit fix`. */
export function addFix(command: Command): void {
  addFrom(
    command,
    'file',
    'A JSON report or a snapshot instead of a live registry; repeat to join snapshots',
  );
  add(command, '--as <form>', 'Form of the fix: cli or terraform (default: cli)');
  add(command, '-o, --output <file>', 'Write to a file');
}

/** Flags of `regaudit explain`. */
export function addExplain(command: Command): void {
  add(command, '--provider <provider>', 'Only for this provider');
  addFrom(command, 'report', 'JSON report that contains the finding');
  add(command, '--open', 'Open the documentation page of the check');
}
