import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { type Estate, estate } from '../../../src/demo/aws/estate.ts';

const valid = new Ajv({ strict: false }).compile<Estate>(estate);

/** The scenarios of `fixtures/ecr`, by folder. */
export const scenarios = [
  'all-bad',
  'all-denied',
  'all-good',
  'demo',
  'empty',
  'half-denied',
  'new-word',
  'old-api',
  'paging',
  'throttled',
  'traps',
] as const;
export type Scenario = (typeof scenarios)[number];

/**
 * Reads a scenario. `extends` in it names another one, into which the rest is merged as RFC 7396 has it:
 * objects are merged, null removes, everything else replaces. Rejects when the result is no estate.
 */
export async function scenario(name: Scenario): Promise<Estate> {
  const merged = await read(new URL(`../../../fixtures/ecr/${name}/estate.json`, import.meta.url));
  if (valid(merged)) return merged;
  throw new Error(`${name} is no estate: ${JSON.stringify(valid.errors?.slice(0, 3))}`);
}

type Fields = Readonly<Record<string, unknown>>;

async function read(file: URL): Promise<Fields> {
  const { extends: base, ...own }: Fields = JSON.parse(await readFile(file, 'utf8'));
  return typeof base === 'string' ? merge(await read(new URL(base, file)), own) : own;
}

function merge(base: Fields, patch: Fields): Fields {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    const before = merged.get(key);
    if (value === null) merged.delete(key);
    else if (isFields(value)) merged.set(key, merge(isFields(before) ? before : {}, value));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
