import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { utf8Chunks } from '../files/byte-order-mark.ts';
import { fsErrorMessage } from '../files/fs-error-message.ts';
import { piecesOf } from '../files/pieces.ts';
import {
  type Baseline,
  type BaselineEntry,
  baselineSchema,
  baselineVersion,
} from '../model/baseline.ts';
import { UsageError } from '../model/usage-error.ts';
import { safeJson } from '../reporters/safe-text.ts';

const largest = 256 * 1024 * 1024;

const validate = new Ajv({ strict: false }).compile<Baseline>(baselineSchema);

/** Reads the entries of a baseline. Throws `UsageError` for a file that is not one. */
export async function readBaseline(
  file: string,
  cwd: string,
  signal?: AbortSignal,
): Promise<readonly BaselineEntry[]> {
  const refused = (why: string, hint?: string) => new UsageError(`${file}: ${why}`, hint);
  const value = parsed(await textOf(file, cwd, signal));
  if (typeof value !== 'object' || value === null || !('tool' in value)) {
    throw refused('this is not a regaudit baseline', '--write-baseline writes one');
  }
  const { tool, schemaVersion } = value as { tool: unknown; schemaVersion?: unknown };
  if (tool !== 'regaudit') {
    const what = 'findings' in value ? 'a report' : 'a file of another tool';
    throw refused(`this is ${what}, not a baseline of regaudit`, '--write-baseline writes one');
  }
  if (schemaVersion !== baselineVersion) {
    const found = schemaVersion === undefined ? 'no version' : `version ${String(schemaVersion)}`;
    throw refused(
      `the baseline has ${found}; this regaudit reads ${baselineVersion}`,
      'write it again with --write-baseline',
    );
  }
  if (!validate(value)) {
    const { instancePath = '', message = '' } = validate.errors?.[0] ?? {};
    throw refused(`the baseline is not valid: ${instancePath.slice(1)} ${message}`);
  }
  const seen = new Set<string>();
  for (const { registry, repository, check, verdict } of value.entries) {
    const key = JSON.stringify([registry, repository, check, verdict]);
    if (seen.has(key)) throw refused(`the baseline is not valid: it holds ${key} twice`);
    seen.add(key);
  }
  return value.entries;
}

/** Renders a baseline with one entry per line, for readable diffs. */
export function* baselineText(
  entries: Iterable<BaselineEntry>,
  createdAt: Date,
): Generator<string> {
  const head = {
    tool: 'regaudit',
    schemaVersion: baselineVersion,
    createdAt: createdAt.toISOString(),
  };
  yield `${safeJson(head, 2).slice(0, -'\n}'.length)},\n  "entries": [`;
  let separator = '\n    ';
  for (const entry of entries) {
    yield separator + safeJson(entry);
    separator = ',\n    ';
  }
  yield separator.startsWith(',') ? '\n  ]\n}\n' : ']\n}\n';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textOf(file: string, cwd: string, signal?: AbortSignal): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let length = 0;
  try {
    for await (const chunk of utf8Chunks(file, piecesOf(resolve(cwd, file), signal))) {
      length += chunk.length;
      if (length > largest) throw new UsageError(`${file} is larger than 256 MB`);
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = signal?.aborted ? 'it has not ended in time (--timeout)' : fsErrorMessage(error);
    throw new UsageError(`${file} cannot be read: ${why}`);
  }
  return text + decoder.decode();
}
