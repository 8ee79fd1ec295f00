import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Unmarked } from '../../src/model/finding.ts';
import type { Scan } from './scan-provider.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

/**
 * Reads `fixtures/<provider>/<name>/estate.json`. `extends` in it names another one, into which the rest
 * is merged as RFC 7396 has it: objects are merged, null removes, everything else replaces.
 */
export async function readScenario(provider: string, name: string): Promise<Fields> {
  return read(new URL(`${provider}/${name}/estate.json`, fixtures));
}

/** Registers a test for each scenario: the findings are those of its golden file. */
export function goldensHold<N extends string>(
  provider: string,
  names: readonly N[],
  scan: (name: N) => Promise<Pick<Scan, 'findings' | 'crashes'>>,
): void {
  describe.each(names)('%s', (name) => {
    test('is judged as its golden file says (else look, and UPDATE_GOLDENS=1)', async () => {
      const golden = new URL(`${provider}/${name}/findings.txt`, fixtures);
      const { findings, crashes } = await scan(name);
      const found = lines(findings);
      if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(golden, found);
      expect(existsSync(golden)).toBe(true);
      expect(found).toBe(readFileSync(golden, 'utf8'));
      expect(crashes).toEqual([]);
    });
  });
}

/** One line a finding, in a stable order; what is not applicable anywhere is left out. */
function lines(findings: readonly Unmarked[]): string {
  const rows = findings
    .filter(({ verdict }) => verdict !== 'not-applicable')
    .map(({ verdict, check, subject, message }) => `${subject} ${check}: ${verdict}: ${message}`);
  return `${rows.toSorted().join('\n')}\n`;
}

export type Fields = Readonly<Record<string, unknown>>;

async function read(file: URL): Promise<Fields> {
  const { extends: base, ...own }: Fields = JSON.parse(await readFile(file, 'utf8'));
  return typeof base === 'string' ? merge(await read(new URL(base, file)), own) : own;
}

/** `patch` into `base`, as RFC 7396 has it. */
export function merge(base: Fields, patch: Fields): Fields {
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
