import { checks } from '../../../checks/index.ts';
import { discover } from '../../config/discover.ts';
import { loadConfig } from '../../config/load.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { print } from '../output.ts';
import type { Shell } from '../shell.ts';

/** `regaudit config validate`: 0 when the file is sound; else all that is wrong with it, and 2. */
export async function validateConfig({ flags }: Shell, named?: string): Promise<number> {
  const file = named ?? flags.text('config') ?? (await discover(process.cwd()));
  if (file === null) {
    throw new UsageError(
      'there is no configuration here',
      'name it, or let regaudit init write one',
    );
  }
  await loadConfig(file, { checks: checks.map(({ id }) => id), providers });
  await print([`${file} is valid\n`]);
  return 0;
}
