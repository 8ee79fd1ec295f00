import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { serveEstate } from '../../src/demo/aws/serve-estate.ts';
import { scenario } from '../support/aws/scenario.ts';
import { checkout, type Installing } from './install.ts';

const action = parse(readFileSync(join(checkout, 'action.yml'), 'utf8'));

/** The three steps of action.yml, and its inputs. */
export const [scan, upload, end] = action.runs.steps;
export const { inputs } = action;

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What the job's summary says. */
  readonly summary: string;
}

/** Runs the scan step as a runner would, with this environment, against a pretended AWS. */
export async function runAction(
  here: Installing,
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  const output = join(here.folder, 'output');
  const summary = join(here.folder, 'summary');
  for (const file of [output, summary]) writeFileSync(file, '');
  const served = await serveEstate(await scenario('all-bad'));
  try {
    const ran = await here.run(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', scan.run],
      {
        ...served.environment,
        RUNNER_TEMP: here.folder,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        TARGETS: 'ecr\n',
        CONFIG: '',
        FAIL_ON: 'critical',
        ARGS: '--skip-check\ntokens-in-use\n',
        SUMMARY: 'true',
        PACKAGE: '',
        SHA256: '',
        GITHUB_ACTION_PATH: join(here.folder, 'no-checkout'),
        ...environment,
      },
    );
    const lines = readFileSync(output, 'utf8').trim().split('\n');
    return {
      ...ran,
      outputs: Object.fromEntries(lines.map((line) => line.split('='))),
      summary: readFileSync(summary, 'utf8'),
    };
  } finally {
    await served.close();
  }
}
