import { DecodeError, objectOf } from '../../../decode/fields.ts';

/** One IAM user as the credential report has it. */
export interface ReportRow {
  readonly user: string;
  /** The root user of the account, whom no policy binds. */
  readonly root: boolean;
  readonly arn: string;
  /** Can sign in to the console with a password; the root user: has done so. */
  readonly password: boolean;
  readonly mfa: boolean;
  readonly keys: readonly AccessKey[];
}

export interface AccessKey {
  readonly name: string;
  /** ISO 8601 */
  readonly rotatedAt: string | null;
  /** ISO 8601; null: never used. */
  readonly usedAt: string | null;
}

const root = '<root_account>';

/**
 * GetCredentialReport: a CSV file with a header (IAM user guide, id_credentials_getting-report). Of the
 * root user it says when a password was last used, not whether there is one; its access keys stand as
 * everybody's do.
 */
export function credentialReport(raw: unknown): readonly ReportRow[] {
  const content = objectOf(raw, 'the answer')['Content'];
  if (!(content instanceof Uint8Array)) throw new DecodeError('Content is missing');
  const [header, ...lines] = new TextDecoder().decode(content).trim().split(/\r?\n/);
  if (header === undefined) throw new DecodeError('Content is empty');
  const columns = header.split(',');
  const rows = lines
    .map((line) => new Map(line.split(',').map((value, index) => [columns[index], value])))
    .map((cells) => rowOf((column) => cell(cells, column)));
  // Every account has a root user, so a report without one is cut short or is something else.
  if (!rows.some((row) => row.root)) throw new DecodeError('the report has no root user');
  return rows;
}

function cell(cells: ReadonlyMap<string | undefined, string>, column: string): string {
  const value = cells.get(column);
  if (value === undefined) throw new DecodeError(`the report has no column ${column}`);
  return value;
}

type Read = (column: string) => string;

function rowOf(read: Read): ReportRow {
  const isRoot = read('user') === root;
  return {
    user: isRoot ? 'root user' : read('user'),
    root: isRoot,
    arn: read('arn'),
    password: isRoot
      ? instant(read('password_last_used')) !== null
      : flag(read, 'password_enabled'),
    mfa: flag(read, 'mfa_active'),
    keys: [1, 2]
      .filter((number) => flag(read, `access_key_${number}_active`))
      .map((number) => keyOf(read, number)),
  };
}

function keyOf(read: Read, number: number): AccessKey {
  return {
    name: `(${number})`,
    rotatedAt: instant(read(`access_key_${number}_last_rotated`)),
    usedAt: instant(read(`access_key_${number}_last_used_date`)),
  };
}

function flag(read: Read, column: string): boolean {
  const value = read(column);
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new DecodeError(`${column} is "${value.slice(0, 40)}", expected true or false`);
}

function instant(text: string): string | null {
  if (text === 'N/A' || text === 'no_information') return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new DecodeError('the report has a date that is none');
  return date.toISOString();
}
