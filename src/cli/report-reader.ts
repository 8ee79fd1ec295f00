import { open, readFile, stat } from 'node:fs/promises';
import type { AnyCheck } from '../engine/check.ts';
import type { Finding } from '../model/finding.ts';
import { ioReason } from '../model/io-reason.ts';
import type { Report } from '../model/report.ts';
import { reportSchema, reportVersion } from '../model/report-schema.ts';
import { UsageError } from '../model/usage-error.ts';
import { checked, compiled, shown } from './checked.ts';
import { LineError } from './lines.ts';

/** A report that was read whole. */
export interface StoredReport extends Report {
  readonly findings: readonly Finding[];
}

const newlines = /\r?\n/;
/** Bytes; what is larger does not fit into one string. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Reads a report that `--format json` wrote, and holds all of it. Throws a `UsageError` for a file that
 * is foreign, of another version or changed by hand.
 */
export async function readReport(file: string): Promise<StoredReport> {
  const { size } = await possible(file, () => stat(file));
  if (size > mostBytes) {
    throw new UsageError(
      `${file} is larger than the 256 MiB that a report may have to be read whole`,
      'scan fewer registries at once, or with --check',
    );
  }
  const text = await possible(file, () => readFile(file, 'utf8'));
  try {
    const value: unknown = JSON.parse(text);
    const version = versionOf(value);
    if (version !== reportVersion) {
      throw new UsageError(
        `${file}: a report of version ${shown(version)}, and this is for ${reportVersion}`,
        'scan again with this version of regaudit',
      );
    }
    return checked<StoredReport>(compiled(reportSchema), value, 'the report');
  } catch (error) {
    if (error instanceof SyntaxError) throw foreign(file);
    if (error instanceof LineError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

/**
 * The report with the fixes of this program's catalogue. In a file anybody may have written commands,
 * and a command is run by somebody else than its author.
 */
export function withOwnFixes(report: StoredReport, catalogue: readonly AnyCheck[]): StoredReport {
  const fixes = new Map(catalogue.map(({ id, fix }) => [id, fix]));
  return {
    ...report,
    checks: report.checks.map((check) => ({ ...check, fix: fixes.get(check.id) ?? {} })),
  };
}

/**
 * Whether a file looks like a report and not like a snapshot, whose first line is a whole object that
 * says so. Standard input cannot be looked at twice, so it is taken for a snapshot.
 */
export async function holdsReport(file: string): Promise<boolean> {
  if (file === '-') return false;
  const head = await possible(file, async () => {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  });
  const [first = ''] = head.trimStart().split(newlines);
  return !/^\{\s*"kind"\s*:/.test(first) && first.startsWith('{');
}

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value
    ? value.schemaVersion
    : undefined;
}

function foreign(file: string): UsageError {
  return new UsageError(
    `${file} is not a JSON report`,
    'regaudit scan --format json --output FILE writes one',
  );
}

async function possible<T>(file: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw new UsageError(`${file} cannot be read: ${ioReason(error)}`);
    }
    throw error;
  }
}
