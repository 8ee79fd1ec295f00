import { checks } from '../../../checks/index.ts';
import { permissionsFor } from '../../catalogue/coverage.ts';
import { profiles } from '../../model/profile.ts';
import { providers } from '../../providers/index.ts';
import type { CommandContext } from '../command-context.ts';
import { selectChecks } from '../select-checks.ts';
import { providerById } from '../targets.ts';

/** `regaudit permissions`: the least that a scan with these checks must be granted, ready to paste. */
export async function permissions({ flags, print }: CommandContext, id: string): Promise<number> {
  const provider = await providerById(providers, id);
  const selected = selectChecks(checks, {
    only: flags.list('check') ?? [],
    skip: flags.list('skipCheck') ?? [],
    profile: flags.choice('profile', profiles) ?? 'recommended',
    settings: {},
  });
  await print([permissionsFor(selected, provider)]);
  return 0;
}
