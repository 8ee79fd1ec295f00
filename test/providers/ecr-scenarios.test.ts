import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Unmarked } from '../../src/model/finding.ts';
import { scenario, scenarios } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';

/** One line a finding, in a stable order; what is not applicable anywhere is left out. */
function lines(findings: readonly Unmarked[]): string {
  const rows = findings
    .filter(({ verdict }) => verdict !== 'not-applicable')
    .map(({ verdict, check, subject, message }) => `${subject} ${check}: ${verdict}: ${message}`);
  return `${rows.toSorted().join('\n')}\n`;
}

describe.each(scenarios)('%s', (name) => {
  test('is judged as its golden file says (else look, and UPDATE_GOLDENS=1)', async () => {
    const golden = new URL(`../../fixtures/ecr/${name}/findings.txt`, import.meta.url);
    const { findings, crashes } = await scanEstate(await scenario(name), {
      options: { regions: 'all' },
    });
    const found = lines(findings);
    if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(golden, found);
    expect(existsSync(golden)).toBe(true);
    expect(found).toBe(readFileSync(golden, 'utf8'));
    expect(crashes).toEqual([]);
  });
});
