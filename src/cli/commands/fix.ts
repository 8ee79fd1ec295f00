import { checks } from '../../../checks/index.ts';
import type { Report } from '../../model/report.ts';
import { UsageError } from '../../model/usage-error.ts';
import { matches } from '../../model/wildcard.ts';
import { providers } from '../../providers/index.ts';
import { fixScript, fixTerraform } from '../../reporters/fix/script.ts';
import type { Reporter } from '../../reporters/reporter.ts';
import { auditAndReport } from '../audit-and-report.ts';
import type { CommandContext } from '../command-context.ts';
import type { Flags } from '../flags.ts';
import { allCommands, fixesFor, withOwnFixes } from '../known-fixes.ts';
import { readSide } from '../read-side.ts';
import { prepare } from '../report-outputs.ts';
import { reportsOf, settingsOf } from '../settings.ts';
import { filesFrom } from '../snapshot-input.ts';
import { originOf } from './scan.ts';

/**
 * `regaudit fix`: prints commands that fix the failing findings of a report, a snapshot or live registries. Runs
 * none of them. Returns 0 once they are printed, else as `scan`.
 */
export async function fix(context: CommandContext, targets: readonly string[]): Promise<number> {
  const terraform = context.flags.choice('as', ['cli', 'terraform']) === 'terraform';
  const files = filesFrom(context.flags);
  const [first, ...more] = files;
  if (first !== undefined && targets.length > 0) {
    throw new UsageError('--from reads a file, so no TARGET can be given with it');
  }
  const render = terraform ? fixTerraform : fixScript(await allCommands());
  const settings = await settingsOf(context, { checks, providers });
  if (first !== undefined) {
    const { report, remove } = await readSide(context, settings, [first, ...more], {
      values: true,
    });
    try {
      const own = withOwnFixes(report, await fixesFor(report.registries));
      const reads = [...settings.reads, ...files];
      return await printFixes(context, chosen(own, context.flags), render, reads);
    } finally {
      remove();
    }
  }
  const origin = originOf(context, settings, targets, providers);
  const { exitCode, reason } = await auditAndReport(
    { ...context, flags: asJson(context.flags) },
    settings,
    origin,
    { reporter: render },
  );
  const printed = exitCode === 1 || exitCode === 3;
  context.log.say(printed ? reason : `exit code ${exitCode}: ${reason}`);
  return printed ? 0 : exitCode;
}

async function printFixes(
  context: CommandContext,
  report: Report,
  render: Reporter,
  reads: readonly string[],
): Promise<number> {
  const { flags, log } = context;
  const [output] = await prepare(context, reportsOf(asJson(flags), ['json'], 'json'), reads);
  await output?.write(render(report, { color: false, width: 80, verbose: 0 }));
  log.say(report.reason);
  return 0;
}

/** The findings of the selected checks. */
function chosen(report: Report, flags: Flags): Report {
  const only = flags.list('check') ?? ['*'];
  const skip = flags.list('skipCheck') ?? [];
  for (const pattern of [...only, ...skip]) {
    if (!report.checks.some(({ id }) => matches(pattern, id))) {
      throw new UsageError(`no check "${pattern}" ran for this report`);
    }
  }
  const named = (patterns: readonly string[], id: string) =>
    patterns.some((pattern) => matches(pattern, id));
  const findings = [...report.findings].filter(
    ({ check }) => named(only, check) && !named(skip, check),
  );
  return { ...report, findings };
}

/** The script needs the same findings as JSON; no other report is written. */
function asJson(flags: Flags): Flags {
  return {
    ...flags,
    choice: (name, words) =>
      name === 'format' ? words.find((word) => word === 'json') : flags.choice(name, words),
    list: (name) => (name === 'report' ? [] : flags.list(name)),
  };
}
