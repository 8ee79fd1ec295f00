import { join, parse } from 'node:path';
import { outputFile } from '../files/output-file.ts';
import type { Report } from '../model/report.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Reporter, ReporterOptions } from '../reporters/reporter.ts';
import { reporters } from '../reporters/reporters.ts';
import { sarifParts } from '../reporters/sarif/run.ts';
import type { CommandContext } from './command-context.ts';
import type { ReportOutput } from './report-outputs.ts';
import { reporterOptions } from './reporter-options.ts';

interface Writing {
  readonly outputs: readonly ReportOutput[];
  /** Files that no output may overwrite. */
  readonly inputs: readonly string[];
  readonly options: Partial<ReporterOptions>;
  readonly reporter: Reporter | undefined;
}

/** Files of 20 registries each that somebody may still upload. */
const mostFiles = 20;

/**
 * Writes the reports. Throws `UsageError`, after all others are written, for a SARIF report of more registries than
 * anybody could upload: an older file must not stand in for it without a word.
 */
export async function writeReports(
  context: CommandContext,
  report: Report,
  { outputs, inputs, options: own, reporter }: Writing,
): Promise<void> {
  const { log } = context;
  let refused: UsageError | null = null;
  for (const { format, file, write } of outputs) {
    const options = { ...reporterOptions(context, file !== null), ...own };
    const [first = report, ...rest] =
      format === 'sarif' && file !== null ? sarifParts(report) : [report];
    if (rest.length >= mostFiles) {
      refused = tooMany(file, rest.length + 1);
      continue;
    }
    await write((reporter ?? reporters[format])(first, options));
    if (file === null) continue;
    log.detail(`the ${format} report is in ${file}`);
    for (const [index, part] of rest.entries()) {
      const next = numbered(file, index + 2);
      await (await outputFile(context, next, inputs)).write(reporters[format](part, options));
      log.say(`GitHub accepts 20 registries per SARIF file: further ones are in ${next}`);
    }
  }
  if (refused !== null) throw refused;
}

function tooMany(file: string | null, files: number): UsageError {
  return new UsageError(
    `${file} is not written: GitHub accepts 20 registries per SARIF file, and this would take ${files} files`,
    'scan the registries of each repository that shows alerts by themselves; for all of them -f ocsf, csv or html, or json with --only fail,unknown',
  );
}

/** `out.sarif` becomes `out.2.sarif`. */
function numbered(file: string, number: number): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}.${number}${ext}`);
}
