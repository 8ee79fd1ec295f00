import { checks } from '../../../checks/index.ts';
import { discover } from '../../config/discover.ts';
import { loadConfig } from '../../config/load.ts';
import { dayOf } from '../../model/day.ts';
import { UsageError } from '../../model/usage-error.ts';
import { exceptionNotices } from '../../policy/exception-notices.ts';
import { providers } from '../../providers/index.ts';
import { reporters } from '../../reporters/reporters.ts';
import type { CommandContext } from '../command-context.ts';

/** `regaudit config validate`: exits with 0 for a valid file; else lists every error and exits with 2. */
export async function validateConfig(
  { flags, log, print, environment, cwd, now }: CommandContext,
  named?: string,
): Promise<number> {
  const file = named ?? flags.text('config') ?? (await discover(cwd));
  if (file === null) {
    throw new UsageError(
      'there is no configuration here',
      'name it, or let regaudit init write one',
    );
  }
  const config = await loadConfig(
    file,
    { checks: checks.map(({ id }) => id), providers, formats: Object.keys(reporters) },
    { environment, now: now(), cwd },
  );
  const today = dayOf(now());
  for (const { where, message } of [
    ...exceptionNotices('waiver', config.waivers ?? [], today),
    ...exceptionNotices('acceptance', config.acceptUnknown ?? [], today),
  ]) {
    log.say(`policy: ${where}: ${message}`);
  }
  await print([`${file} is valid\n`]);
  return 0;
}
