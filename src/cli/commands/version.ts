import { checks } from '../../../checks/index.ts';
import { reportVersion } from '../../model/report-schema.ts';
import { snapshotVersion } from '../../snapshot/schema.ts';
import type { CommandContext } from '../command-context.ts';

declare const REGAUDIT_COMMIT: string | null | undefined;

/** The commit of the build; null for a checkout, or outside a repository. */
const commit = typeof REGAUDIT_COMMIT === 'string' ? REGAUDIT_COMMIT : null;

/** `regaudit version`: prints the version; with `--json`, everything that a bug report needs. */
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
