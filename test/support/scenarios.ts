import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { FindingWithoutFingerprint } from '../../src/model/finding.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { everyFact, factLines } from './facts.ts';
import type { Scan, ScanOptions } from './scan-provider.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

/**
 * Reads `fixtures/<provider>/<name>/estate.json`. `extends` in it names another one, into which the rest
 * is merged as RFC 7396 has it: objects are merged, null removes, everything else replaces.
 */
export async function readScenario(provider: string, name: string): Promise<Fields> {
  return read(new URL(`${provider}/${name}/estate.json`, fixtures));
}

/** Returns a check that a scenario is an estate of this schema; it throws with the first faults. */
export function estateCheck<E>(schema: object): (name: string, scenario: Fields) => E {
  const valid = new Ajv({ strict: false }).compile<E>(schema);
  return (name, scenario) => {
    const estate: unknown = scenario;
    if (valid(estate)) return estate;
    throw new Error(`${name} is no estate: ${JSON.stringify(valid.errors?.slice(0, 3))}`);
  };
}

/**
 * Registers a test for each scenario: what was read is as in its `facts.txt`; the verdicts of the checks
 * that its `verdicts.txt` names, if it has one, are as there; and the demo's findings are, sentences and
 * all, those of its `findings.txt`. `npm run test:update` writes all of them; a line with nothing but
 * the id of a check asks for its verdicts.
 */
export function goldensHold<N extends string>(
  provider: Pick<Provider, 'id' | 'provides'>,
  names: readonly N[],
  scan: (name: N, whole: ScanOptions) => Promise<Scan>,
): void {
  describe.each(names)('%s', (name) => {
    test('is read and judged as its golden files say (else look, and npm run test:update)', async () => {
      const file = (of: string) => new URL(`${provider.id}/${name}/${of}.txt`, fixtures);
      const { findings, readings, crashes } = await scan(name, {
        context: { plan: everyFact(provider) },
      });
      await expectFile(file('facts'), factLines(readings, provider));
      const verdicts = file('verdicts');
      if (existsSync(verdicts)) {
        const named = checksIn(readFileSync(verdicts, 'utf8'));
        await expectFile(verdicts, verdictLines(findings, named));
      }
      if (name === 'demo') await expectFile(file('findings'), findingLines(findings));
      expect(crashes).toEqual([]);
    });
  });
}

async function expectFile(file: URL, text: string): Promise<void> {
  await expect(text).toMatchFileSnapshot(fileURLToPath(file));
}

/** The ids in `SUBJECT CHECK: VERDICT`, or alone on a line. */
function checksIn(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/^(?:.+? )?([a-z0-9-]+)(?:: [a-z-]+)?$/gm)].map(([, id = '']) => id),
  );
}

function verdictLines(
  findings: readonly FindingWithoutFingerprint[],
  named: ReadonlySet<string>,
): string {
  return sorted(
    findings
      .filter(({ check }) => named.has(check))
      .map(({ verdict, check, subject }) => `${subject} ${check}: ${verdict}`),
  );
}

/** What is not applicable anywhere is left out. */
function findingLines(findings: readonly FindingWithoutFingerprint[]): string {
  return sorted(
    findings
      .filter(({ verdict }) => verdict !== 'not-applicable')
      .map(({ verdict, check, subject, message }) => `${subject} ${check}: ${verdict}: ${message}`),
  );
}

function sorted(lines: readonly string[]): string {
  return `${lines.toSorted().join('\n')}\n`;
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
