import { checks } from '../../../checks/index.ts';
import { reportVersion } from '../../model/report-schema.ts';
import { snapshotVersion } from '../../snapshot/schema.ts';
import type { CommandContext } from '../command-context.ts';

declare const REGAUDIT_COMMIT: string | null | undefined;

/** The commit this was built from; null when it was not built, or not in a repository. */
const commit = typeof REGAUDIT_COMMIT === 'string' ? REGAUDIT_COMMIT : null;

/** `regaudit version`: as `--version`; with `--json` everything a bug report needs. */
export async function version({ flags, tool, print }: CommandContext): Promise<number> {
  if (!flags.on('json')) {
    await print([`${tool.version}\n`]);
    return 0;
  }
  const about = {
    version: tool.version,
    node: process.versions.node,
    commit,
    schemaVersions: { report: reportVersion, snapshot: snapshotVersion },
    checks: checks.length,
  };
  await print([`${JSON.stringify(about, null, 2)}\n`]);
  return 0;
}
