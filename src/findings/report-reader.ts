import { LineError } from '../files/lines.ts';
import { checked, compiled, shown } from '../files/schema-check.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { reportSchema, reportVersion } from '../model/report-schema.ts';
import { Type } from '../model/shape.ts';
import { UsageError } from '../model/usage-error.ts';

/** A stored report. */
export interface StoredReport extends Report {
  readonly findings: readonly Finding[];
}

/** Above this size a runtime cannot hold the text in one string. */
const largest = 400 * 1024 * 1024;

const valid = compiled(Type.Object({ ...reportSchema.properties, schemaVersion: Type.String() }));

/**
 * Reads a JSON report. Throws a `UsageError` for a file that is not a report, too large, edited by hand, or of an
 * unsupported version.
 */
export async function readReport(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<StoredReport> {
  const document = parsed(name, await textOf(name, chunks));
  refuseOtherVersions(name, document);
  try {
    const report = checked<StoredReport>(valid, document, 'the report');
    refuseStrangers(report);
    return report;
  } catch (error) {
    if (error instanceof LineError) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}

async function textOf(name: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of chunks) {
    size += piece.length;
    if (size > largest) {
      throw new UsageError(
        `${name} is larger than ${largest / 1024 / 1024} MiB`,
        'a snapshot of any size can be read: regaudit collect writes one',
      );
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size).toString('utf8');
}

function parsed(name: string, text: string): object {
  if (/^\s*\{\s*"kind"\s*:\s*"snapshot"/.test(text.slice(0, 200)))
    throw new UsageError(
      `${name} is a snapshot, and a JSON report is needed`,
      `regaudit scan --from ${name} -f json -o FILE writes one`,
    );
  const document = jsonOf(text);
  if (document === undefined && /^\s*\{\s*"schemaVersion"/.test(text.slice(0, 200)))
    throw new UsageError(`${name} is not valid JSON: the report is cut short or was edited`);
  if (typeof document === 'object' && document !== null && 'findings' in document) return document;
  throw foreign(name);
}

/** Undefined: not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function foreign(name: string): UsageError {
  return new UsageError(
    `${name} is neither a regaudit snapshot nor a JSON report`,
    'regaudit collect -o FILE writes a snapshot, regaudit scan -f json -o FILE a report',
  );
}

/** Throws `LineError` where a finding is of a check that the report does not describe. */
function refuseStrangers({ checks, findings }: StoredReport): void {
  const known = new Set(checks.map(({ id }) => id));
  const stranger = findings.find(({ check }) => !known.has(check));
  if (stranger !== undefined)
    throw new LineError(`the report is not valid: it describes no check ${shown(stranger.check)}`);
}

function refuseOtherVersions(name: string, document: object): void {
  const version = 'schemaVersion' in document ? document.schemaVersion : undefined;
  const [major, minor] = typeof version === 'string' ? version.split('.').map(Number) : [];
  const [ownMajor = 0, ownMinor = 0] = reportVersion.split('.').map(Number);
  if (major === undefined || minor === undefined || Number.isNaN(major + minor)) {
    throw new UsageError(`${name}: ${shown(version)} is not a version of a report`);
  }
  if (major === ownMajor && minor <= ownMinor) return;
  const newer = major > ownMajor || (major === ownMajor && minor > ownMinor);
  throw new UsageError(
    `${name} has report version ${version}, which this version of regaudit cannot read (${reportVersion})`,
    newer ? 'update regaudit to read it' : 'write the report again with this version',
  );
}
