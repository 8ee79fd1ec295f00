import { withFolders } from '../../files/folder.ts';
import { outputFile } from '../../files/output-file.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { snapshotLines } from '../../snapshot/writer.ts';
import { count, noCounts, outcome } from '../collected.ts';
import type { CommandContext } from '../command-context.ts';
import { joined } from '../parts.ts';
import { planFrom } from '../plan-from.ts';
import { watched } from '../progress.ts';

/**
 * `regaudit merge`: joins the parts of a plan into one snapshot. Returns the exit code, as for a collection by one
 * process: 3 where something is missing or unknown.
 */
export async function merge(context: CommandContext, named: readonly string[]): Promise<number> {
  const { flags, log } = context;
  const files = withFolders(named, '.jsonl', context.cwd);
  const file = flags.text('output');
  if (file === undefined)
    throw new UsageError('merge needs a file to write to', '-o FILE, or -o - for standard output');
  const planFile = flags.text('plan');
  const plan = planFile === undefined ? null : await planFrom(context, planFile);
  const reads = planFile === undefined ? files : [...files, planFile];
  const output = file === '-' ? null : await outputFile(context, file, reads);
  const counts = noCounts();
  try {
    const { origin, notes, lines } = await joined(files, context, { ...context, plan, providers });
    for (const note of notes) log.say(`warning: ${note}`);
    const pieces = snapshotLines(
      watched(lines(), (line) => count(line, counts)),
      { tool: context.tool, ...origin },
    );
    await (output === null ? context.print(pieces) : output.write(pieces));
  } finally {
    output?.discard();
  }
  const { exitCode, reason } = outcome(counts, null, false);
  log.say(
    `registries ${counts.registries}, repositories ${counts.repositories}; exit code ${exitCode}: ${reason}`,
  );
  return exitCode;
}
