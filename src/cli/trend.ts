import type { Report } from '../model/report.ts';
import { UsageError } from '../model/usage-error.ts';
import { compareReports } from '../policy/difference.ts';
import { seenIn } from '../policy/seen.ts';
import type { Trend } from '../reporters/reporter.ts';
import type { Format } from '../reporters/reporters.ts';
import type { CommandContext } from './command-context.ts';
import { readSide } from './read-side.ts';
import type { Settings } from './settings.ts';

/**
 * Reads the report or snapshot of `--compare-with`. Out: what changed since then, to be asked once the new report
 * is there; null without the flag. Throws `UsageError` for a file that cannot be compared.
 */
export async function trendSince(
  context: CommandContext,
  settings: Settings,
  requests: readonly { readonly format: Format }[],
): Promise<((report: Report) => Trend) | null> {
  const file = context.flags.text('compareWith');
  if (file === undefined) return null;
  const name = context.flags.nameOf('compareWith');
  if (!requests.some(({ format }) => format === 'html'))
    throw new UsageError(`${name} changes only the HTML report`, 'add --report html=FILE');
  const { report, remove } = await readSide(context, settings, [file]);
  try {
    refusePart(file, report);
    const before = seenIn(report);
    return (now) => {
      const { summary, findings } = compareReports(before, seenIn(now));
      return { since: report.startedAt, summary, findings, before: report.summary };
    };
  } finally {
    remove();
  }
}

/** A report of `--only` does not hold what it leaves out: comparing would call it new or gone. */
export function refusePart(file: string, { only }: Report): void {
  if (only !== undefined)
    throw new UsageError(
      `${file} holds only the findings that are ${only.join(', ')}, which cannot be compared`,
      'write the report again without --only',
    );
}
