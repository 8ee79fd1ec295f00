import { checks } from '../../../checks/index.ts';
import { permissionsFor } from '../../catalogue/coverage.ts';
import { profiles } from '../../model/profile.ts';
import { providers } from '../../providers/index.ts';
import type { CommandContext } from '../command-context.ts';
import { selectChecks } from '../select-checks.ts';
import { providerById } from '../targets.ts';

/** `regaudit permissions`: prints the least-privilege policy for a scan with these checks. */
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
