import { join } from 'node:path';
import type { Reporter } from 'vitest/node';
import { NoSkippedTests } from './no-skipped-tests.ts';

type Reporters = ('default' | Reporter | ['json', { outputFile: string }])[];

/**
 * The usual report, the one that lets no test be skipped, and where TEST_RESULTS names a folder also
 * figures that `.ci/run` adds up.
 */
export function reporters(suite: string): Reporters {
  const both: Reporters = ['default', new NoSkippedTests()];
  const folder = process.env['TEST_RESULTS'];
  if (folder === undefined || folder === '') return both;
  return [...both, ['json', { outputFile: join(folder, `${suite}.json`) }]];
}
