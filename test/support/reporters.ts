import { join } from 'node:path';

type Reporters = ('default' | ['json', { outputFile: string }])[];

/** The usual report, and where TEST_RESULTS names a folder also figures that `.ci/run` adds up. */
export function reporters(suite: string): Reporters {
  const folder = process.env['TEST_RESULTS'];
  if (folder === undefined || folder === '') return ['default'];
  return ['default', ['json', { outputFile: join(folder, `${suite}.json`) }]];
}
