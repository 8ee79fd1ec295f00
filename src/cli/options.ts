import { type Command, Option } from 'commander';

/*
 * Values are checked in `settings.ts`, when a command runs: so flags, environment and configuration
 * get the same messages, and `--help` loads nothing to check them with.
 */

const severityNames = 'critical, high, medium, low or none';

function add(command: Command, flags: string, description: string): void {
  command.addOption(new Option(flags, description));
}

/** A flag that may be repeated, or given once with commas. */
function addList(command: Command, flags: string, description: string): void {
  const option = new Option(flags, description).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), ...parts(value)],
  );
  command.addOption(option);
}

/** Files to read instead of registries; names of files may have commas. */
export function addFrom(command: Command, what: string, description: string): void {
  const option = new Option(`--from <${what}>`, description).argParser(
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
  add(program, '-q, --quiet', 'say nothing on standard error but errors');
  program.addOption(
    new Option('-v, --verbose', 'say more, and list everything; -vv says yet more').argParser(
      (_: unknown, before: number | undefined) => (before ?? 0) + 1,
    ),
  );
  add(program, '--color <when>', 'colour: auto, always or never (default: auto)');
  add(program, '--no-color', 'the same as --color never');
  add(program, '--no-progress', 'no progress display');
  add(program, '--debug', 'show where in the program a fault happened');
}

/** What to audit, and which checks. */
export function addSelection(command: Command): void {
  addJudging(command);
  addList(command, '--include <pattern>', 'only repositories of these names, * is any text');
  addList(command, '--exclude <pattern>', 'no repositories of these names');
  add(command, '--concurrency <calls>', 'most calls at once per registry (default: 10)');
  add(command, '--ca-file <file>', "trust these certificates (PEM) besides the system's");
  add(command, '--timeout <seconds>', 'for the whole scan; then what is known is reported');
  add(
    command,
    '--registry-timeout <seconds>',
    'for one registry; then the rest of it is unknown, and the others go on',
  );
}

/** What snapshots are judged with. */
export function addJudging(command: Command): void {
  add(command, '-c, --config <file>', 'configuration (default: regaudit.yaml, found upwards)');
  add(command, '--no-config', 'read no configuration');
  addChecks(command);
}

/** A document that is no report: one of three formats, to one place. */
export function addDocument(command: Command): void {
  add(command, '-f, --format <format>', 'table, markdown or json (default: table)');
  add(command, '-o, --output <file>', 'write it to a file');
}

/** The threshold of the exit code. */
export function addFailOn(command: Command): void {
  add(
    command,
    '--fail-on <severity>',
    `exit with 1 from here on: ${severityNames} (default: high)`,
  );
}

export function addChecks(command: Command): void {
  add(command, '--profile <profile>', 'which checks: baseline, recommended (default) or strict');
  addList(command, '--check <id>', 'only these checks; see regaudit list checks');
  addList(command, '--skip-check <id>', 'not these checks');
  addPlugins(command);
}

export function addPlugins(command: Command): void {
  addList(command, '--checks-dir <folder>', 'custom checks of this folder besides the own ones');
}

/** Failures to put up with. */
export function addBaseline(command: Command): void {
  add(command, '--baseline <file>', 'fail only on what is not in this baseline');
  add(
    command,
    '--write-baseline <file>',
    'write what fails now or is inconclusive, to be given to --baseline later',
  );
}

/** How to report, and what to fail on. */
export function addReporting(command: Command): void {
  add(
    command,
    '--sarif-include-suppressed',
    'SARIF: also what is waived, in the baseline or accepted',
  );
  add(
    command,
    '-f, --format <format>',
    'of the report: table, json, sarif, markdown, junit, csv, ocsf, gitlab-codequality, github or html (default: table)',
  );
  add(
    command,
    '--compliance <framework>',
    'table and Markdown: the checks by the controls of a framework, such as nist-800-190',
  );
  add(command, '-o, --output <file>', 'write the report to a file');
  addList(command, '--report <format=file>', 'one more report, such as sarif=regaudit.sarif');
  addFailOn(command);
  add(command, '--strict', 'what has to be checked by hand fails the scan too (exit code 3)');
  add(command, '--exit-zero', 'exit with 0 whatever was found or could not be read');
}

/** What a waiver says. */
export function addWaiver(command: Command): void {
  add(
    command,
    '--unknown',
    'accept that it is unknown, instead of waiving a failure; needs --owner',
  );
  add(command, '--reason <text>', 'why it may be so; required');
  add(command, '--expires <day>', 'the last day it holds, such as 2027-01-31; required');
  add(command, '--owner <name>', 'who answers for it');
  add(command, '--ticket <id>', 'where it is followed up');
  add(command, '-c, --config <file>', 'configuration (default: regaudit.yaml, found upwards)');
}

/** What to print commands for, and which. */
export function addFix(command: Command): void {
  addFrom(
    command,
    'file',
    'a JSON report, or a snapshot, instead of a registry; snapshots may be several',
  );
  add(command, '--as <form>', 'cli or terraform (default: cli)');
  add(command, '-o, --output <file>', 'write to a file');
}

/** What to explain, and where to show it. */
export function addExplain(command: Command): void {
  add(command, '--provider <provider>', 'only for this provider');
  addFrom(command, 'report', 'the JSON report that has the finding of this fingerprint');
  add(command, '--open', 'open the page of the check');
}
